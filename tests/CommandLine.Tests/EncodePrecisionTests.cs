using System.Text;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine.Tests;

/// <summary>`encode --precision`: whole numbers a line, or in a matrix of bytes.</summary>
public sealed class EncodePrecisionTests : IDisposable
{
    private const string Encode = "encode --model ko-mini";
    private const string Texts = "기차가 옵니다\n졸음이 옵니다\n오늘 날씨가 좋아요\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_prints_the_library_s_numbers()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        var vectors = model.Encode(Texts.TrimEnd().Split('\n'));
        AssertRows("int8", QuantizeEmbeddings.ToInt8(vectors));
        AssertRows("uint8", QuantizeEmbeddings.ToUint8(vectors));
        AssertRows("binary", QuantizeEmbeddings.ToBinary(vectors));
        AssertRows("ubinary", QuantizeEmbeddings.ToUbinary(vectors));
        AssertRows("float32", vectors);

        static void AssertRows<T>(string precision, T[][] expected)
        {
            var result = Shell.Run($"{Encode} --precision {precision}", Texts);
            Assert.Equal(0, result.Code);
            Assert.Equal(
                expected,
                result.Lines.Select(line =>
                    JsonSerializer
                        .Deserialize<JsonElement[]>(line)!
                        .Select(x => x.Deserialize<T>()!)
                        .ToArray()
                )
            );
        }
    }

    [Theory]
    [InlineData("int8", "'|i1'", 256)]
    [InlineData("uint8", "'|u1'", 256)]
    [InlineData("binary", "'|i1'", 32)]
    [InlineData("ubinary", "'|u1'", 32)]
    public void A_matrix_has_the_type_of_its_numbers(string precision, string type, int columns)
    {
        var path = folder["vectors.npy"];
        var printed = Shell.Run($"{Encode} --precision {precision}", Texts);
        var result = Shell.Run($"{Encode} --precision {precision} --output {path}", Texts);
        Assert.Equal((0, ""), (result.Code, result.Output));
        var bytes = File.ReadAllBytes(path);
        var data = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, data - 10);
        Assert.Contains($"'descr': {type},", header, StringComparison.Ordinal);
        Assert.Contains($"'shape': (3, {columns})", header, StringComparison.Ordinal);
        Assert.Equal(
            printed.Lines.SelectMany(line => JsonSerializer.Deserialize<int[]>(line)!),
            bytes[data..].Select(x => type == "'|i1'" ? (sbyte)x : (int)x)
        );
    }

    [Fact]
    public void Buckets_from_few_texts_are_noted_and_bits_are_not()
    {
        Assert.Contains(
            "note: int8 buckets made from 3 texts; with 100 or more",
            Shell.Run($"{Encode} --precision int8", Texts).Error,
            StringComparison.Ordinal
        );
        var hundred = string.Concat(Enumerable.Repeat("기차가 옵니다\n", 100));
        Assert.Empty(Shell.Run($"{Encode} --precision uint8", hundred).Error);
        Assert.Empty(Shell.Run($"{Encode} --precision ubinary", Texts).Error);
    }

    [Fact]
    public void Another_precision_is_refused()
    {
        var result = Shell.Run($"{Encode} --precision int4", Texts);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("int4", result.Error, StringComparison.Ordinal);
    }
}
