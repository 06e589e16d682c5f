using System.Text.Json;

namespace NotebookKernel.Tests;

public class HistoryTests
{
    private readonly KernelHistory history = new();

    public HistoryTests()
    {
        string[] cells = ["var x = 1;", "x + 1", "x * 2", "x + 1"];
        for (var i = 0; i < cells.Length; i++)
            history.Add(i + 1, cells[i]);
    }

    [Theory]
    [InlineData("""{"hist_access_type":"tail","n":2}""", "[[0,3,\"x * 2\"],[0,4,\"x + 1\"]]")]
    [InlineData(
        """{"hist_access_type":"range","session":0,"start":1,"stop":2}""",
        "[[0,1,\"var x = 1;\"]]"
    )]
    [InlineData("""{"hist_access_type":"range","session":7}""", "[]")]
    [InlineData(
        """{"hist_access_type":"search","pattern":"x ? 1","unique":true}""",
        "[[0,4,\"x + 1\"]]"
    )]
    [InlineData(
        """{"hist_access_type":"search","pattern":"*2*","output":true}""",
        "[[0,3,[\"x * 2\",null]]]"
    )]
    [InlineData("""{"hist_access_type":"tail","n":0}""", "[]")]
    public void Front_ends_find_earlier_cells(string request, string expected)
    {
        using var content = JsonDocument.Parse(request);
        var answer = history.Answer(content.RootElement);
        Assert.Equal("ok", (string?)answer["status"]);
        var options = new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        Assert.Equal(expected, answer["history"]!.ToJsonString(options));
    }
}
