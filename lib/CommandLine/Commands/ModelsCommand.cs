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
        var verify = new ShellCommand(
            "verify",
            "Check the models' files against their SHA-256, and what they compute against what was published.",
            "dotnet workbook.cs models verify ko-mini"
        )
        {
            name,
        };
        verify.Does((call, _) => Verify(call.GetValue(name)));
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
            "name\tkind\tMB\tlanguages\ttokens\tdimension\tpooling\tlicence\tdescription"
        );
        foreach (var model in ModelManifest.Models)
        {
            var megabytes = (model.Size / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
            Console.Out.WriteLine(
                $"{model.Name}\t{model.Kind}\t{megabytes}\t{string.Join(',', model.Languages)}\t{model.MaxTokens}\t{model.Dimension}\t{model.Pooling}\t{model.Licence}\t{model.Description}"
            );
        }
        return 0;
    }

    private static int Verify(string? name)
    {
        var models = ModelManifest
            .Models.Where(model => name is null || model.Name == name)
            .ToArray();
        if (models.Length == 0)
            throw new UsageException($"no model '{name}'; `models list` shows what there is");
        return models.Select(VerifyOne).ToArray().All(ok => ok) ? 0 : 1;
    }

    private static bool VerifyOne(ModelEntry model)
    {
        var problems = model.Verify().ToArray();
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Length > 0)
            return false;
        Console.Out.WriteLine($"{model.Name}: {model.Files.Count} files as recorded");
        using var encoder = SentenceTransformer.Load(model.Folder);
        return model
            .Examples.Select(example => VerifyExample(encoder, example))
            .ToArray()
            .All(ok => ok);
    }

    /// <summary>A published number is met when the computed one rounds to it.</summary>
    private static bool VerifyExample(SentenceTransformer encoder, ModelExample example)
    {
        var cosines = Similarity.Cosine(encoder.Encode(example.Texts));
        var ok = true;
        var pairs =
            from i in Enumerable.Range(0, example.Texts.Count)
            from j in Enumerable.Range(i + 1, example.Texts.Count - i - 1)
            select (i, j);
        Console.Out.WriteLine("computed\tpublished\tdifference\tsource\ttexts");
        foreach (var ((i, j), published) in pairs.Zip(example.Cosines))
        {
            var difference = cosines[i, j] - published;
            var agrees = Math.Abs(difference) <= 0.5 * Math.Pow(10, -example.Decimals) + 1e-6;
            ok &= agrees;
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{cosines[i, j]:0.0000}\t{published}\t{difference:+0.0000;-0.0000}\t{example.Source}\t{example.Texts[i]} / {example.Texts[j]}{(agrees ? "" : "\tDIFFERS")}"
                )
            );
        }
        return ok;
    }
}
