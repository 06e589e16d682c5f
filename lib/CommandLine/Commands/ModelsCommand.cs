using System.CommandLine;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>The model manifest: what there is, and whether it is what it was.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var list = new ShellCommand(
            "list",
            "List the models that can be loaded by name.",
            "dotnet workbook.cs models list"
        );
        list.Does((_, _) => List());
        var name = new Argument<string?>("NAME")
        {
            Description = "A model of the list; all of them without.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folder = new Option<string?>("--folder")
        {
            Description =
                "Compute with the files of this folder instead: is it the model that NAME's numbers were published for?",
            HelpName = "DIR",
        };
        var verify = new ShellCommand(
            "verify",
            "Check the models' files against their SHA-256, and what they compute against what was published.",
            "dotnet workbook.cs models verify ko-mini"
        )
        {
            name,
            folder,
        };
        verify.Does((call, _) => Verify(call.GetValue(name), call.GetValue(folder)));
        return new ShellCommand(
            "models",
            "The models that can be loaded by name.",
            "dotnet workbook.cs models list"
        )
        {
            list,
            ModelPullCommand.Create(),
            verify,
        };
    }

    private static int List()
    {
        Console.Out.WriteLine(
            "name\tkind\tstate\tMB\tlanguages\ttokens\tdimension\tpooling\tlicence\tlessons\tdescription"
        );
        foreach (var model in ModelManifest.Models)
        {
            var state =
                model.HubId is null ? "embedded"
                : model.Folder is null ? "not fetched"
                : "fetched";
            var megabytes = model.Size is { } size
                ? (size / 1e6).ToString("0.0", CultureInfo.InvariantCulture)
                : "-";
            Console.Out.WriteLine(
                $"{model.Name}\t{model.Kind}\t{state}\t{megabytes}\t{string.Join(',', model.Languages)}\t{model.MaxTokens}\t{model.Dimension?.ToString(CultureInfo.InvariantCulture) ?? "-"}\t{model.Pooling ?? "-"}\t{model.Licence}\t{Lessons(model)}\t{model.Description}"
            );
        }
        return 0;
    }

    private static string Lessons(ModelEntry model) =>
        model.Lessons.Count == 0 ? "-" : string.Join(',', model.Lessons);

    private static int Verify(string? name, string? folder)
    {
        if (folder is not null && name is null)
            throw new UsageException("--folder: give the NAME whose published numbers to expect");
        if (folder is not null && !Directory.Exists(folder))
            throw new UsageException($"--folder: {folder}: no such folder");
        var models = ModelManifest
            .Models.Where(model => name is null || model.Name == name)
            .ToArray();
        if (models.Length == 0)
            throw new UsageException($"no model '{name}'; `models list` shows what there is");
        if (folder is not null)
            return VerifyAll(models[0] with { Folder = folder }) ? 0 : 1;
        if (name is not null && models[0].Folder is null)
            throw new UsageException($"{name} is not fetched yet; `models pull {name}` fetches it");
        return models.Select(VerifyOne).ToArray().All(ok => ok) ? 0 : 1;
    }

    private static bool VerifyOne(ModelEntry model)
    {
        if (model.Folder is null)
        {
            Console.Error.WriteLine(
                $"{model.Name}: not fetched, so not verified; `models pull {model.Name}` fetches it"
            );
            return true;
        }
        var problems = model.Verify().ToArray();
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Length > 0)
            return false;
        Console.Out.WriteLine(
            model.HubId is null
                ? $"{model.Name}: {model.Files.Count} files as recorded"
                : $"{model.Name}: {model.HubId} at {Path.GetFileName(model.Folder)}"
        );
        return VerifyAll(model);
    }

    // Both are printed, whatever the first says.
    private static bool VerifyAll(ModelEntry model) =>
        VerifyNumbers(model) & ModelGoals.Verify(model);

    /// <summary>Prints a line for each published number: computed, published, difference, source.</summary>
    private static bool VerifyNumbers(ModelEntry model)
    {
        if (model.Examples.Count == 0)
        {
            Console.Out.WriteLine("no numbers are published for it here");
            return true;
        }
        var published = model
            .Examples.SelectMany(example => example.Pairs.Select(pair => (example, pair)))
            .ToArray();
        Console.Out.WriteLine("computed\tpublished\tdifference\tsource\ttexts");
        var computed = Compute(model, [.. published.Select(one => one.pair)]);
        var agree = published
            .Zip(computed, (one, value) => VerifyPair(one.example, one.pair, value))
            .ToArray();
        return VerifyOrders(published, computed) && agree.All(ok => ok);
    }

    /// <summary>Of numbers published for other pictures of the same, the order: which text is a picture's, which is not.</summary>
    private static bool VerifyOrders(
        (ModelExample Example, PublishedPair Pair)[] published,
        float[] computed
    )
    {
        var ok = true;
        foreach (
            var picture in published
                .Zip(computed, (one, value) => (one.Example, one.Pair, Value: value))
                .Where(one => one.Example.OrderOnly)
                .GroupBy(one => (one.Example, one.Pair.Text))
        )
        {
            var same = picture
                .OrderBy(one => one.Pair.Value)
                .SequenceEqual(picture.OrderBy(one => one.Value));
            Console.Out.WriteLine(
                $"{picture.Key.Text}: its texts are {(same ? "in the published order" : "NOT IN THE PUBLISHED ORDER")}"
            );
            ok &= same;
        }
        return ok;
    }

    /// <summary>What the model gives for pairs: cosines, or a cross-encoder's scores.</summary>
    private static float[] Compute(ModelEntry model, PublishedPair[] pairs)
    {
        if (model.Kind == "cross-encoder")
        {
            using var crossEncoder = CrossEncoder.Load(model.Folder!);
            return crossEncoder.Predict(pairs.Select(pair => (pair.Text, pair.Pair)));
        }
        using var encoder = SentenceTransformer.Load(model.Folder!);
        return Similarity.PairwiseCosine(
            pairs.Any(pair => pair.IsPicture)
                ? encoder.EncodeImages(pairs.Select(pair => Lesson.Picture(pair.Text)))
                : encoder.Encode(pairs.Select(pair => pair.Text)),
            encoder.Encode(pairs.Select(pair => pair.Pair))
        );
    }

    /// <summary>A published number is met when the computed one rounds to it.</summary>
    private static bool VerifyPair(ModelExample example, PublishedPair pair, float value)
    {
        var difference = value - pair.Value;
        var agrees =
            example.OrderOnly
            || Math.Abs(difference) <= 0.5 * Math.Pow(10, -example.Decimals) + 1e-6;
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{value:0.0000}\t{pair.Value}\t{difference:+0.0000;-0.0000}\t{example.Source}\t{pair.Text} / {pair.Pair}{(agrees ? "" : "\tDIFFERS")}"
            )
        );
        return agrees;
    }
}
