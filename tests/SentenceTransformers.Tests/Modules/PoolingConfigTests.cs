using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>config.json of a pooling folder in both spellings, and the module's print-out in both styles.</summary>
public sealed class PoolingConfigTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Configurations_resolve_as_in_the_reference()
    {
        var cases = Goldens
            .Json(Goldens.Own("pooling/pooling.json"))
            .GetProperty("legacy_configs")
            .EnumerateArray()
            .ToArray();
        Assert.NotEmpty(cases);
        foreach (var golden in cases)
        {
            var pooling = Load(golden.GetProperty("config").GetRawText());
            var resolved = golden.GetProperty("resolved");
            var dimension = resolved.GetProperty("embedding_dimension").GetInt32();
            Assert.Equal(dimension, pooling.EmbeddingDimension);
            Assert.Equal(
                resolved.GetProperty("output_dimension").GetInt32(),
                pooling.OutputDimension
            );

            // The print-out shows what the reference would save, and so every resolved value.
            var saved = golden.GetProperty("saved_config");
            var modes = saved.GetProperty("pooling_mode");
            var printed =
                modes.ValueKind == JsonValueKind.String
                    ? $"'{modes.GetString()}'"
                    : $"({string.Join(", ", modes.EnumerateArray().Select(mode => $"'{mode.GetString()}'"))})";
            Assert.Equal(
                $"Pooling({{'embedding_dimension': {dimension}, 'pooling_mode': {printed}, 'include_prompt': {saved.GetProperty("include_prompt").GetBoolean()}}})",
                pooling.ToString(PrintStyle.Current)
            );
        }
    }

    [Theory]
    [InlineData("""{"word_embedding_dimension":8}""", "Mean")]
    [InlineData("""{"embedding_dimension":8,"pooling_mode":["max","cls"]}""", "Max,Cls")]
    [InlineData("""{"embedding_dimension":8,"pooling_mode":["lasttoken"]}""", "LastToken")]
    // Flags concatenate in the order of the enumeration, whatever their order in the file.
    [InlineData(
        """{"word_embedding_dimension":8,"pooling_mode_lasttoken":true,"pooling_mode_mean_tokens":true,"pooling_mode_max_tokens":true,"pooling_mode_cls_token":true,"pooling_mode_weightedmean_tokens":true,"pooling_mode_mean_sqrt_len_tokens":true}""",
        "Cls,Max,Mean,MeanSqrtLenTokens,WeightedMean,LastToken"
    )]
    // A flag that is absent is false, even the mean's, which older releases took to be true.
    [InlineData("""{"word_embedding_dimension":8,"pooling_mode_max_tokens":true}""", "Max")]
    [InlineData("""{"embedding_dimension":8,"word_embedding_dimension":9}""", "Mean")]
    public void Both_spellings_name_the_modes_in_order(string config, string modes)
    {
        var pooling = Load(config);
        Assert.Equal(modes, string.Join(',', pooling.Modes));
        Assert.Equal(8, pooling.EmbeddingDimension);
        Assert.True(pooling.IncludePrompt);
    }

    [Theory]
    [InlineData("{}", "word_embedding_dimension: missing")]
    [InlineData("""{"embedding_dimension":0}""", "embedding_dimension: 0 is not between")]
    [InlineData("""{"embedding_dimension":"8"}""", "expected a whole number, found string \"8\"")]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode":"median"}""",
        "pooling_mode: \"median\" is not supported; expected cls, max, mean,"
    )]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode":["mean","Mean"]}""",
        "pooling_mode: \"Mean\" is not supported"
    )]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode":[]}""",
        "expected 1 to 64 modes, found 0"
    )]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode":[1]}""",
        "pooling_mode: expected an array of strings, found number 1"
    )]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode":true}""",
        "pooling_mode: expected a string or an array of strings, found boolean true"
    )]
    [InlineData(
        """{"embedding_dimension":8,"pooling_mode_cls_token":"yes"}""",
        "pooling_mode_cls_token: expected true or false"
    )]
    public void A_configuration_that_cannot_be_followed_is_refused_by_key(
        string config,
        string problem
    )
    {
        var error = Assert.Throws<ModelFormatException>(() => Load(config));
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_configuration_is_named() =>
        Assert.Throws<FileNotFoundException>(() => Pooling.Load(folder.Path));

    [Fact]
    public void The_mean_prints_as_Python_prints_it()
    {
        var pooling = new Pooling(768);
        Assert.Equal(
            "Pooling({'word_embedding_dimension': 768, 'pooling_mode_cls_token': False, 'pooling_mode_mean_tokens': True, 'pooling_mode_max_tokens': False, 'pooling_mode_mean_sqrt_len_tokens': False, 'pooling_mode_weightedmean_tokens': False, 'pooling_mode_lasttoken': False, 'include_prompt': True})",
            pooling.ToString()
        );
        Assert.Equal(
            "Pooling({'embedding_dimension': 768, 'pooling_mode': 'mean', 'include_prompt': True})",
            pooling.ToString(PrintStyle.Current)
        );
    }

    [Fact]
    public void A_concatenation_prints_as_a_tuple_in_its_order()
    {
        var pooling = new Pooling(8, [PoolingMode.Mean, PoolingMode.Max], includePrompt: false);
        Assert.Equal(
            "Pooling({'word_embedding_dimension': 8, 'pooling_mode_cls_token': False, 'pooling_mode_mean_tokens': True, 'pooling_mode_max_tokens': True, 'pooling_mode_mean_sqrt_len_tokens': False, 'pooling_mode_weightedmean_tokens': False, 'pooling_mode_lasttoken': False, 'include_prompt': False})",
            pooling.ToString()
        );
        Assert.Equal(
            "Pooling({'embedding_dimension': 8, 'pooling_mode': ('mean', 'max'), 'include_prompt': False})",
            pooling.ToString(PrintStyle.Current)
        );
    }

    private Pooling Load(string config)
    {
        folder.Write("config.json", config);
        return Pooling.Load(folder.Path);
    }
}
