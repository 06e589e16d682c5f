using System.Globalization;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine.Tests;

/// <summary>`score`: two texts a line in, their score a line out.</summary>
public sealed class ScoreCommandTests
{
    private const string Score = "score --model ko-mini-cross";
    private const string Lines =
        "오늘 날씨가 좋아요\t오늘 하늘이 맑아요\n\t\n기차가 옵니다. 버스도 옵니다.\t졸음이 옵니다\n";

    private static readonly (string, string)[] Pairs =
    [
        ("오늘 날씨가 좋아요", "오늘 하늘이 맑아요"),
        ("", ""),
        ("기차가 옵니다. 버스도 옵니다.", "졸음이 옵니다"),
    ];

    [Fact]
    public void It_prints_the_library_s_scores_in_input_order()
    {
        using var model = CrossEncoder.Load("ko-mini-cross");
        var result = Shell.Run(Score, Lines);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(model.Predict(Pairs), result.Lines.Select(Number));
        var logits = Shell.Run($"{Score} --logits --batch-size 3", Lines);
        Assert.Equal(
            model.Predict(Pairs, new() { Activation = ActivationFunction.Identity, BatchSize = 3 }),
            logits.Lines.Select(Number)
        );
    }

    [Fact]
    public void Json_lines_hold_tabs_and_newlines()
    {
        var json = """{"text": "기차가\n\t옵니다", "pair": "졸음이 옵니다", "id": 7}""";
        Assert.Equal(
            Shell.Run(Score, "기차가 옵니다\t졸음이 옵니다\n").Output,
            Shell.Run($"{Score} --json-lines", json).Output // the tokenizer takes any white space for a space
        );
    }

    [Fact]
    public void Pairs_longer_than_the_limit_are_named()
    {
        var result = Shell.Run($"{Score} --max-length 5", "a\tb\n기차가 옵니다\t졸음이 옵니다\n");
        Assert.Equal(0, result.Code);
        Assert.Contains("note: line 2 has", result.Error, StringComparison.Ordinal);
        Assert.Contains("the model reads the first 5", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert-ce-1", "--logits", "logits")]
    [InlineData("bert-ce-1", "", "sigmoid")]
    [InlineData("roberta-ce-3", "", "logits")]
    [InlineData("roberta-ce-3", "--softmax", "softmax")]
    public void Folders_of_the_reference_give_the_reference_s_scores(
        string name,
        string option,
        string output
    )
    {
        var model = Goldens.Shared($"cross-encoders/{name}");
        var golden = Goldens.Json(Goldens.Shared($"cross-encoders/{name}/golden.json"));
        var pairs = golden.GetProperty("pairs").EnumerateArray();
        var result = Shell.Run(
            $"score --model {model} {option}".TrimEnd(),
            string.Concat(pairs.Select(pair => $"{pair[0]}\t{pair[1]}\n"))
        );
        Assert.Equal(0, result.Code);
        var several = golden.GetProperty("num_labels").GetInt32() > 1;
        Assert.All(result.Lines, line => Assert.Equal(several, line.StartsWith('[')));
        Goldens.AssertClose(
            Goldens.Floats(golden.GetProperty("outputs").GetProperty(output)),
            [.. result.Lines.SelectMany(line => several ? Row(line) : [Number(line)])],
            5e-6f,
            name
        );
    }

    [Fact]
    public void What_it_cannot_read_is_refused_with_the_line()
    {
        Shell.Run(Score).AssertRefused(2, "workbook score: no text on standard input");
        foreach (var wrong in new[] { "한 문장뿐", "", "a\tb\tc" })
            Shell
                .Run(Score, $"a\tb\n{wrong}\nc\td\n")
                .AssertRefused(2, "line 2: expected two texts separated by one tab");
        Shell
            .Run(Score.Split(' '), [(byte)'a', (byte)'\t', 0xB0, 0xA1])
            .AssertRefused(2, "line 1: not UTF-8");
        Shell
            .Run($"{Score} --json-lines", "{\"text\":\"a\",\"pair\":\"\\ud800\"}\n")
            .AssertRefused(2, "line 1: \"pair\" holds half a surrogate pair");
        Shell
            .Run($"{Score} --json-lines", "{\"text\":\"a\"}\n")
            .AssertRefused(2, "line 1: expected an object with a string \"pair\"");
    }

    [Fact]
    public void A_model_of_the_other_kind_is_refused_in_one_line()
    {
        Shell
            .Run("score --model ko-mini", Lines)
            .AssertRefused(2, "ko-mini is a bi-encoder (modules.json lists its modules)");
        Shell
            .Run("encode --model ko-mini-cross", "a\n")
            .AssertRefused(2, "ko-mini-cross is a cross-encoder");
        Shell
            .Run("similarity --model ko-mini-cross", "a\n")
            .AssertRefused(2, "ko-mini-cross is a cross-encoder");
        Shell
            .Run($"{Score} --softmax", Lines)
            .AssertRefused(2, "softmax: of one label it is always 1");
        Shell
            .Run($"{Score} --max-length 2", Lines)
            .AssertRefused(2, "cannot hold the 3 special tokens");
        Shell
            .Run($"{Score} --softmax --logits", Lines)
            .AssertRefused(2, "--logits and --softmax: give one of them");
    }

    private static float Number(string line) => float.Parse(line, CultureInfo.InvariantCulture);

    private static float[] Row(string line) => JsonSerializer.Deserialize<float[]>(line)!;
}
