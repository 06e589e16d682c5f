using System.Text.Json;

namespace SentenceTransformers.Tests;

public sealed class DenseTests : IDisposable
{
    private const float Tolerance = 1e-6f;
    private const string Tanh = "torch.nn.modules.activation.Tanh";

    private readonly ModelFolder folder = new();

    public static TheoryData<string> Folders =>
        [.. GoldenCases().Select(c => c.GetProperty("folder").GetString()!)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Folders))]
    public void Outputs_equal_those_of_the_reference(string path)
    {
        var golden = GoldenCases().Single(c => c.GetProperty("folder").GetString() == path);
        var dense = Dense.Load(Goldens.Own($"pooling/{path}"));
        Goldens.AssertClose(
            Goldens.Floats(golden.GetProperty("output")),
            [.. dense.Run(Goldens.Rows(golden.GetProperty("input"))).SelectMany(row => row)],
            Tolerance,
            path
        );
    }

    [Fact]
    public void A_layer_multiplies_by_rows_of_weights_and_adds_the_bias()
    {
        var dense = new Dense([1, 2, 3, 4, 5, 6], [10, 20], 3, 2, ActivationFunction.Identity);
        Assert.Equal(
            [
                [10 + 1 + 3, 20 + 4 + 6],
            ],
            dense.Run([1, 0, 1])
        );
        Assert.Equal(2, dense.OutputDimension);
    }

    [Fact]
    public void A_residual_of_the_same_length_adds_the_input_itself()
    {
        folder.Write(
            "config.json",
            """{"in_features":2,"out_features":2,"bias":false,"activation_function":"torch.nn.modules.activation.ReLU","use_residual":true}"""
        );
        WriteWeights(("linear.weight", [2, 2], [0, 1, -1, 0]));
        Assert.Equal(
            [
                [3 + 4, 4 + 0],
            ],
            Dense.Load(folder.Path).Run([3, 4])
        );
    }

    [Fact]
    public void The_slope_that_a_PReLU_learnt_is_read_with_the_weights()
    {
        folder.Write(
            "config.json",
            """{"in_features":2,"out_features":2,"bias":false,"activation_function":"torch.nn.modules.activation.PReLU"}"""
        );
        WriteWeights(("linear.weight", [2, 2], [1, 0, 0, 1]));
        AssertRefused("activation_function.weight: no such tensor");
        WriteWeights(
            ("linear.weight", [2, 2], [1, 0, 0, 1]),
            ("activation_function.weight", [1], [0.5f])
        );
        Assert.Equal(
            [
                [-1.5f, 4],
            ],
            Dense.Load(folder.Path).Run([-3, 4])
        );
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("torch.nn.modules.activation.GLU")]
    [InlineData("os.system")]
    public void An_unknown_activation_is_refused_by_name(string activation)
    {
        WriteConfig(activation: activation);
        AssertRefused($"activation_function: \"{activation}\" is not supported");
    }

    [Fact]
    public void Another_feature_than_the_sentence_embedding_is_refused_by_name()
    {
        WriteConfig(more: ""","module_output_name":"token_embeddings" """);
        AssertRefused("module_output_name: \"token_embeddings\" is not supported");
    }

    [Fact]
    public void Weights_that_contradict_the_configuration_are_refused_by_name()
    {
        WriteConfig();
        Assert.Throws<FileNotFoundException>(() => Dense.Load(folder.Path));
        WriteWeights(("linear.weight", [2, 3], new float[6]));
        AssertRefused("linear.bias: no such tensor");
        WriteWeights(("linear.weight", [3, 2], new float[6]), ("linear.bias", [2], new float[2]));
        AssertRefused("linear.weight: expected shape [2, 3], found [3, 2]");
        WriteWeights(
            ("linear.weight", [2, 3], new float[6]),
            ("linear.bias", [2], new float[2]),
            ("residual.weight", [2, 3], new float[6])
        );
        AssertRefused("residual.weight: unexpected");
        WriteConfig(more: ""","use_residual":true""");
        Assert.True(Dense.Load(folder.Path).UseResidual);
    }

    [Fact]
    public void The_defaults_are_a_bias_and_tanh()
    {
        folder.Write("config.json", """{"in_features":3,"out_features":2}""");
        WriteWeights(("linear.weight", [2, 3], new float[6]), ("linear.bias", [2], [0, 1]));
        var dense = Dense.Load(folder.Path);
        Assert.Equal(ActivationFunction.Tanh, dense.Activation);
        Goldens.AssertClose([0, MathF.Tanh(1)], dense.Run([9, 9, 9]).Single(), 1e-7f, "tanh");
    }

    [Fact]
    public void Rows_and_weights_of_another_length_are_refused()
    {
        var dense = new Dense(new float[6], null, 3, 2);
        var error = Assert.Throws<InvalidOperationException>(() => dense.Run([1, 2]));
        Assert.Equal("Dense expects 3 numbers a text, found 2", error.Message);
        Assert.Throws<ArgumentException>(() => new Dense(new float[5], null, 3, 2));
        Assert.Throws<ArgumentException>(() => new Dense(new float[6], new float[3], 3, 2));
    }

    [Fact]
    public void It_prints_as_Python_prints_it()
    {
        const string Start =
            "Dense({'in_features': 3, 'out_features': 2, 'bias': True, 'activation_function': 'torch.nn.modules.activation.Tanh'";
        const string Names =
            ", 'module_input_name': 'sentence_embedding', 'module_output_name': 'sentence_embedding'";
        var dense = new Dense(new float[6], new float[2], 3, 2);
        Assert.Equal(Start + "})", dense.ToString());
        Assert.Equal(Start + Names + "})", dense.ToString(PrintStyle.Current));

        var residual = Dense.Load(Goldens.Own("pooling/dense/2"));
        Assert.EndsWith(
            Names + ", 'use_residual': True})",
            residual.ToString(PrintStyle.Current),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("residual", residual.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> GoldenCases() =>
        Goldens
            .Json(Goldens.Own("pooling/modules.json"))
            .GetProperty("cases")
            .EnumerateArray()
            .Where(c => c.GetProperty("module").GetString() == "Dense");

    private void WriteConfig(string activation = Tanh, string more = "") =>
        folder.Write(
            "config.json",
            $$"""{"in_features":3,"out_features":2,"bias":true,"activation_function":"{{activation}}"{{more}}}"""
        );

    private void WriteWeights(params (string, int[], float[])[] tensors) =>
        folder.WriteSafetensors("model.safetensors", tensors);

    private void AssertRefused(string problem)
    {
        var error = Assert.Throws<ModelFormatException>(() => Dense.Load(folder.Path));
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
