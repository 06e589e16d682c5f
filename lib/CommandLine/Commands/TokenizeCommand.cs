using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Texts on standard input to token ids, a JSON object a line.</summary>
internal static class TokenizeCommand
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var model = CommonOptions.Model();
        var pair = new Option<bool>("--pair")
        {
            Description = "Each line is two texts, separated by a tab.",
        };
        var maxLength = CommonOptions.MaxLength();
        var jsonLines = CommonOptions.JsonLines();
        var command = new ShellCommand(
            "tokenize",
            "Turn texts into tokens: a text a line in, a JSON object a line out. Offsets are UTF-16 code units of the text, end exclusive.",
            "echo '오늘 날씨가 좋아요' | dotnet workbook.cs tokenize --model ko-mini"
        )
        {
            model,
            pair,
            maxLength,
            jsonLines,
        };
        command.Does(
            (call, _) =>
            {
                var tokenizer = Tokenizer.Load(ModelManifest.Locate(call.GetValue(model)!));
                using var input = Console.OpenStandardInput();
                var lines = call.GetValue(pair)
                    ? TextInput
                        .ReadPairs(input, call.GetValue(jsonLines))
                        .ConvertAll(both => new[] { both.Text, both.Pair })
                    : TextInput
                        .ReadTexts(input, call.GetValue(jsonLines))
                        .ConvertAll(text => new[] { text });
                foreach (var texts in lines)
                    Console.Out.WriteLine(
                        Json(
                            tokenizer.Encode(
                                texts[0],
                                texts.ElementAtOrDefault(1),
                                call.GetValue(maxLength)
                            )
                        )
                    );
                ModelLoading.NoteTexts(tokenizer, lines);
                return 0;
            }
        );
        return command;
    }

    private static string Json(TokenEncoding encoding) =>
        new JsonObject
        {
            ["ids"] = new JsonArray([.. encoding.Ids.Select(id => JsonValue.Create(id))]),
            ["type_ids"] = new JsonArray([.. encoding.TypeIds.Select(id => JsonValue.Create(id))]),
            ["tokens"] = new JsonArray([
                .. encoding.Tokens.Select(token => JsonValue.Create(token)),
            ]),
            ["offsets"] = new JsonArray([
                .. encoding.Offsets.Select(offset => new JsonArray(offset.Start, offset.End)),
            ]),
        }.ToJsonString(Readable);
}
