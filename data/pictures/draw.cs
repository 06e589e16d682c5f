#!/usr/bin/env -S sh -c 'exec dotnet "$0" -- "$@"'
#:project ../../lib/DrawnWorld
#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);EnableGenerateDocumentationFile

// Draws pictures of a small world, with captions, as many as a model needs to learn from.
//
//   dotnet data/pictures/draw.cs -- FOLDER [--count 100] [--seed 1] [--size 128]
//
// FOLDER gets one PNG a picture, in subfolders of a thousand, and pictures.jsonl: a line for each, with what it shows and
// four captions in each of two languages. The first caption of each language tells everything; the others leave out what
// chance decides. The same seed gives the same pictures.

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DrawnWorld;

const int CaptionsPerLanguage = 4;

if (args is not [var folder, .. var options] || folder.StartsWith('-') || options.Length % 2 != 0)
{
    Console.Error.WriteLine(
        "usage: dotnet data/pictures/draw.cs -- FOLDER [--count 100] [--seed 1] [--size 128]"
    );
    return 2;
}
var (count, seed, size) = (Option("--count", 100), Option("--seed", 1), Option("--size", 128));
var json = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

var scenes = new Dice((ulong)seed);
var pictures = Enumerable.Range(0, count).Select(index => (index, Scene.Random(scenes))).ToArray();
for (var thousand = 0; thousand * 1000 < count; thousand++)
    Directory.CreateDirectory(Path.Combine(folder, Folder(thousand * 1000)));
Parallel.ForEach(
    pictures,
    new ParallelOptions { MaxDegreeOfParallelism = 2 },
    picture =>
        File.WriteAllBytes(
            Path.Combine(folder, Name(picture.index)),
            picture.Item2.Draw(size, size).ToPng()
        )
);
File.WriteAllLines(
    Path.Combine(folder, "pictures.jsonl"),
    pictures.Select(picture => Describe(Name(picture.index), picture.Item2))
);
Console.Error.WriteLine($"{count} pictures of {size} x {size} and their captions in {folder}");
return 0;

string Describe(string file, Scene scene)
{
    var dice = new Dice(scene.Seed + 1);
    var captions = new List<object>();
    for (var index = 0; index < CaptionsPerLanguage; index++)
    {
        var told =
            index == 0
                ? Told.Everything
                : (Told)dice.Below((int)Told.Everything + 1)
                    | (dice.Happens(0.5f) ? Told.Color : 0);
        told &= Captions.Tellable(scene);
        captions.Add(
            new
            {
                language = "en",
                told = Words(told),
                text = Captions.English(scene, told, dice),
            }
        );
        captions.Add(
            new
            {
                language = "ko",
                told = Words(told),
                text = Captions.Korean(scene, told, dice),
            }
        );
    }
    return JsonSerializer.Serialize(
        new
        {
            file,
            subject = Lower(scene.Subject),
            color = Lower(scene.Color),
            place = Lower(scene.Place),
            count = scene.Count,
            size = Lower(scene.Size),
            side = Lower(scene.Side),
            captions,
        },
        json
    );
}

static string[] Words(Told told) =>
    [
        .. Enum.GetValues<Told>()
            .Where(flag => int.PopCount((int)flag) == 1 && told.HasFlag(flag))
            .Select(Lower),
    ];
static string Lower<T>(T value)
    where T : struct, Enum => value.ToString().ToLowerInvariant();
static string Folder(int index) => (index / 1000).ToString("000", CultureInfo.InvariantCulture);
static string Name(int index) => $"{Folder(index)}/{index % 1000:000}.png";

int Option(string name, int otherwise)
{
    var at = Array.IndexOf(options, name);
    return at < 0 ? otherwise : int.Parse(options[at + 1], CultureInfo.InvariantCulture);
}
