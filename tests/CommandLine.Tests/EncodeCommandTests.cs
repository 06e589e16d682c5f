using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine.Tests;

/// <summary>`encode`: a sentence a line in, its vector a line out.</summary>
public sealed class EncodeCommandTests : IDisposable
{
    private const string Encode = "encode --model ko-mini";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_prints_the_library_s_vectors_in_input_order()
    {
        string[] texts =
        [
            "오늘 날씨가 좋아요",
            "기차가 옵니다. 버스도 옵니다. 사람들이 많이 탑니다.",
            "",
            "졸음이 옵니다",
        ];
        var result = Shell.Run(Encode, string.Concat(texts.Select(text => text + "\n")));
        Assert.Equal(0, result.Code);
        using var model = SentenceTransformer.Load("ko-mini");
        var expected = model.Encode(texts);
        Assert.Equal(texts.Length, result.Lines.Length);
        for (var i = 0; i < texts.Length; i++)
            Assert.Equal(expected[i], Vector(result.Lines[i]));
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_are_no_part_of_a_text()
    {
        var plain = Shell.Run(Encode, "기차가 옵니다\n졸음이 옵니다\n");
        var windows = Shell.Run(Encode, "\uFEFF기차가 옵니다\r\n졸음이 옵니다");
        Assert.Equal(plain.Output, windows.Output);
    }

    [Fact]
    public void Json_lines_hold_tabs_and_newlines()
    {
        var spaced = Shell.Run(Encode, "기차가 옵니다\n");
        var json = Shell.Run($"{Encode} --json-lines", """{"text": "기차가\n\t옵니다", "id": 7}""");
        Assert.Equal(spaced.Output, json.Output); // the tokenizer takes any white space for a space
    }

    [Fact]
    public void Options_reach_the_model()
    {
        var unit = Vector(
            Shell.Run($"{Encode} --normalize --batch-size 1", "기차가 옵니다\n").Lines[0]
        );
        Assert.Equal(1, unit.Sum(x => x * x), 1e-5f);
        var prompted = Shell.Run(
            [.. Encode.Split(' '), "--prompt", "기차가 "],
            "옵니다\n"u8.ToArray()
        );
        Assert.Equal(Shell.Run(Encode, "기차가 옵니다\n").Output, prompted.Output);
        var cut = Shell.Run($"{Encode} --max-length 4", "기차가 옵니다\n");
        Assert.Equal(Shell.Run(Encode, "기차\n").Output, cut.Output); // [CLS] 기 ##차 [SEP]
        Assert.Contains("note: line 1 has", cut.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_hold_the_texts_and_the_same_numbers()
    {
        var path = folder["vectors.jsonl"];
        string[] texts = ["기차가 \"옵니다\"", "", "졸음이 옵니다"];
        var result = Shell.Run(
            $"{Encode} --output {path}",
            string.Concat(texts.Select(text => text + "\n"))
        );
        Assert.Equal((0, ""), (result.Code, result.Output));
        using var model = SentenceTransformer.Load("ko-mini");
        var expected = model.Encode(texts);
        var lines = File.ReadAllLines(path);
        Assert.Equal(texts.Length, lines.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            using var line = JsonDocument.Parse(lines[i]);
            Assert.Equal(i, line.RootElement.GetProperty("id").GetInt32());
            Assert.Equal(texts[i], line.RootElement.GetProperty("text").GetString());
            Assert.Equal(
                expected[i],
                line.RootElement.GetProperty("embedding").Deserialize<float[]>()
            );
        }
        Assert.Contains("졸음이", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_hold_quantized_numbers()
    {
        var path = folder["bits.jsonl"];
        var result = Shell.Run($"{Encode} --precision binary --output {path}", "기차가 옵니다\n");
        Assert.Equal(0, result.Code);
        using var line = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(
            256 / 8,
            line.RootElement.GetProperty("embedding").Deserialize<sbyte[]>()!.Length
        );
    }

    [Fact]
    public void An_npy_matrix_holds_the_same_numbers()
    {
        var path = Path.Combine(folder.Path, "vectors.npy");
        var printed = Shell.Run(Encode, "기차가 옵니다\n졸음이 옵니다\n");
        var result = Shell.Run($"{Encode} --output {path}", "기차가 옵니다\n졸음이 옵니다\n");
        Assert.Equal((0, ""), (result.Code, result.Output));
        var bytes = File.ReadAllBytes(path);
        var data = 10 + BitConverter.ToUInt16(bytes, 8);
        Assert.Equal(0, data % 64);
        Assert.Contains(
            "'shape': (2, 256)",
            System.Text.Encoding.ASCII.GetString(bytes, 10, data - 10),
            StringComparison.Ordinal
        );
        var numbers = new float[512];
        Buffer.BlockCopy(bytes, data, numbers, 0, bytes.Length - data);
        Assert.Equal([.. Vector(printed.Lines[0]), .. Vector(printed.Lines[1])], numbers);
    }

    [Fact]
    public void A_text_of_a_megabyte_is_encoded_up_to_the_limit_and_says_so()
    {
        var result = Shell.Run(Encode, string.Concat(Enumerable.Repeat("기차가 옵니다 ", 1 << 16)));
        Assert.Equal(0, result.Code);
        Assert.Single(result.Lines);
        Assert.Contains("note: line 1 has", result.Error, StringComparison.Ordinal);
        Assert.Contains("the model reads the first 64", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_works_from_any_folder() =>
        Assert.Equal(
            Shell.Run(Encode, "기차가 옵니다\n").Output,
            Shell.Run(Encode, "기차가 옵니다\n", folder.Path).Output
        );

    [Fact]
    public void What_it_cannot_read_is_refused_with_the_line()
    {
        Shell.Run(Encode).AssertRefused(2, "workbook encode: no text on standard input");
        Shell
            .Run(Encode.Split(' '), [(byte)'a', (byte)'\n', 0xB0, 0xA1])
            .AssertRefused(2, "line 2: not UTF-8");
        Shell
            .Run($"{Encode} --json-lines", "{\"text\":\"\\ud800\"}\n")
            .AssertRefused(2, "line 1: \"text\" holds half a surrogate pair");
        Shell
            .Run($"{Encode} --json-lines", "{\"text\":\"a\"}\n[]\n")
            .AssertRefused(2, "line 2: expected an object with a string \"text\"");
        Shell.Run($"{Encode} --json-lines", "오늘\n").AssertRefused(2, "line 1: not valid JSON");
    }

    [Fact]
    public void What_it_does_not_know_is_refused_by_name()
    {
        Shell.Run($"{Encode} --bogus", "a\n").AssertRefused(2, "unknown: --bogus");
        Shell.Run("encode", "a\n").AssertRefused(2, "Option '--model' is required");
        Shell
            .Run("encode --model no-such-model", "a\n")
            .AssertRefused(
                2,
                "no-such-model: neither a folder nor a model by name (ko-mini, ko-mini-base, ko-mini-cross, mini-clip, kr-sbert,"
            );
        Shell
            .Run($"{Encode} --batch-size 0", "a\n")
            .AssertRefused(2, "--batch-size: '0' is not a whole number from 1 to 2147483647");
        Shell
            .Run($"{Encode} --max-length 1", "a\n")
            .AssertRefused(2, "cannot hold the 2 special tokens");
        Shell.Run($"{Encode} --prompt-name query", "a\n").AssertRefused(2, "no prompt 'query'");
        Shell
            .Run($"{Encode} --output vectors.csv", "a\n")
            .AssertRefused(2, "--output: vectors.csv does not end in .npy or .jsonl");
    }

    [Fact]
    public void A_broken_model_is_refused_by_file()
    {
        var model = Path.Combine(Goldens.Repository, "models", "ko-mini");
        Shell
            .Run($"encode --model {folder.Path}", "a\n")
            .AssertRefused(2, "config.json: no such file");
        foreach (var file in new[] { "config.json", "vocab.txt", "tokenizer_config.json" })
            folder.Copy(Path.Combine(model, file), file);
        var weights = File.ReadAllBytes(Path.Combine(model, "model.safetensors"));
        File.WriteAllBytes(
            Path.Combine(folder.Path, "model.safetensors"),
            weights[..(weights.Length / 2)]
        );
        Shell.Run($"encode --model {folder.Path}", "a\n").AssertRefused(1, "model.safetensors");
        folder.Write("vocab.txt", "[PAD]\n[CLS]\n[SEP]\n오늘\n");
        Shell.Run($"encode --model {folder.Path}", "a\n").AssertRefused(1, "[UNK]");
    }

    [Fact]
    public void A_folder_without_modules_says_how_it_pools()
    {
        foreach (
            var file in new[]
            {
                "config.json",
                "vocab.txt",
                "tokenizer_config.json",
                "model.safetensors",
            }
        )
            folder.Copy(Path.Combine(Goldens.Repository, "models", "ko-mini", file), file);
        var result = Shell.Run($"encode --model {folder.Path}", "기차가 옵니다\n");
        Assert.Equal(0, result.Code);
        Assert.Contains("no modules.json", result.Error, StringComparison.Ordinal);
        Assert.Equal(Shell.Run(Encode, "기차가 옵니다\n").Output, result.Output);
    }

    private static float[] Vector(string line) => JsonSerializer.Deserialize<float[]>(line)!;
}
