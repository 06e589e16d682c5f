#!/usr/bin/env -S sh -c 'exec dotnet "$0" -- "$@"'
#:project ../../lib/DrawnWorld
#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);EnableGenerateDocumentationFile

// Draws pictures of a small world.
//
//   dotnet data/pictures/draw.cs -- FOLDER --count 1000 [--seed 1] [--size 128]
//   dotnet data/pictures/draw.cs -- FOLDER --list data/pictures/pictures.jsonl
//
// With --count, as many as a model learns from: one PNG a picture, in subfolders of a thousand, and pictures.jsonl, which
// has a line for each, with what it shows and four captions in each of two languages. The first caption of a language
// tells everything, the others leave out what chance decides. The same seed gives the same pictures.
// With --list, those of a list; this is how the lessons' pictures were made.

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DrawnWorld;

const int CaptionsPerLanguage = 4;

if (args is not [var folder, .. var options] || folder.StartsWith('-') || options.Length % 2 != 0)
{
    Console.Error.WriteLine(
        "usage: dotnet data/pictures/draw.cs -- FOLDER (--count N [--seed 1] [--size 128] | --list FILE)"
    );
    return 2;
}

var pictures = Option("--list") is { } list
    ? PictureFile.ReadList(list)
    : ByChance(Number("--count", 100), Number("--seed", 1), Number("--size", 128));
Parallel.ForEach(
    pictures,
    picture =>
    {
        var path = Path.Combine(folder, picture.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, picture.Scene.Draw(picture.Width, picture.Height).ToPng());
    }
);
if (Option("--list") is null)
    File.WriteAllLines(Path.Combine(folder, "pictures.jsonl"), pictures.Select(Describe));
Console.Error.WriteLine($"{pictures.Count} pictures in {folder}");
return 0;

static IReadOnlyList<PictureFile> ByChance(int count, int seed, int size)
{
    var dice = new Dice((ulong)seed);
    return
    [
        .. Enumerable
            .Range(0, count)
            .Select(index => new PictureFile(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{index / 1000:000}/{index % 1000:000}.png"
                ),
                size,
                size,
                Scene.Random(dice)
            )),
    ];
}

static string Describe(PictureFile picture)
{
    var scene = picture.Scene;
    var dice = new Dice(scene.Seed + 1);
    var captions = new List<object>();
    for (var index = 0; index < CaptionsPerLanguage; index++)
    {
        // The colour twice as often as not: it is what pictures differ in most.
        var told =
            index == 0
                ? Told.Everything
                : (Told)dice.Below((int)Told.Everything + 1)
                    | (dice.Happens(0.5f) ? Told.Color : Told.Nothing);
        told &= Captions.Tellable(scene);
        captions.Add(Caption("en", told, Captions.English(scene, told, dice)));
        captions.Add(Caption("ko", told, Captions.Korean(scene, told, dice)));
    }
    return JsonSerializer.Serialize(
        new
        {
            file = picture.File,
            subject = Lower(scene.Subject),
            color = Lower(scene.Color),
            place = Lower(scene.Place),
            count = scene.Count,
            size = Lower(scene.Size),
            side = Lower(scene.Side),
            captions,
        },
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );
}

static object Caption(string language, Told told, string text) =>
    new
    {
        language,
        told = Enum.GetValues<Told>()
            .Where(flag => int.PopCount((int)flag) == 1 && told.HasFlag(flag))
            .Select(Lower),
        text,
    };

static string Lower<T>(T value)
    where T : struct, Enum => value.ToString().ToLowerInvariant();

string? Option(string name)
{
    var at = Array.IndexOf(options, name);
    return at < 0 ? null : options[at + 1];
}

int Number(string name, int otherwise) =>
    Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
