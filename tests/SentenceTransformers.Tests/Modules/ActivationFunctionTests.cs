using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>torch's activations by their definitions, and the names that configurations give them.</summary>
public sealed class ActivationFunctionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ActivationFunction.Identity, -1, 2, 0.25)]
    [InlineData(ActivationFunction.Tanh, -0.761594156, 0.96402758, 0.244918662)]
    [InlineData(ActivationFunction.Relu, 0, 2, 0.25)]
    [InlineData(ActivationFunction.Gelu, -0.158655254, 1.95449974, 0.149676581)]
    [InlineData(ActivationFunction.Sigmoid, 0.268941421, 0.880797078, 0.562176501)]
    [InlineData(ActivationFunction.Silu, -0.268941421, 1.76159416, 0.140544125)]
    [InlineData(ActivationFunction.Elu, -0.632120559, 2, 0.25)]
    [InlineData(ActivationFunction.Celu, -0.632120559, 2, 0.25)]
    [InlineData(ActivationFunction.Selu, -1.11133074, 2.10140197, 0.262675247)]
    [InlineData(ActivationFunction.LeakyRelu, -0.01, 2, 0.25)]
    [InlineData(ActivationFunction.PRelu, -0.25, 2, 0.25)]
    [InlineData(ActivationFunction.RRelu, -0.229166667, 2, 0.25)]
    [InlineData(ActivationFunction.Relu6, 0, 2, 0.25)]
    [InlineData(ActivationFunction.Hardtanh, -1, 1, 0.25)]
    [InlineData(ActivationFunction.Hardsigmoid, 0.333333333, 0.833333333, 0.541666667)]
    [InlineData(ActivationFunction.Hardswish, -0.333333333, 1.66666667, 0.135416667)]
    [InlineData(ActivationFunction.Hardshrink, -1, 2, 0)]
    [InlineData(ActivationFunction.Softshrink, -0.5, 1.5, 0)]
    [InlineData(ActivationFunction.Tanhshrink, -0.238405844, 1.03597242, 0.0050813376)]
    [InlineData(ActivationFunction.Softplus, 0.313261688, 2.12692801, 0.82593942)]
    [InlineData(ActivationFunction.Softsign, -0.5, 0.666666667, 0.2)]
    [InlineData(ActivationFunction.Mish, -0.303401461, 1.94395896, 0.16957241)]
    [InlineData(ActivationFunction.LogSigmoid, -1.31326169, -0.126928011, -0.57593942)]
    [InlineData(ActivationFunction.Softmax, 0.040690303, 0.817286584, 0.142023113)]
    [InlineData(ActivationFunction.Softmin, 0.74833951, 0.0372576304, 0.214402859)]
    [InlineData(ActivationFunction.LogSoftmax, -3.20176547, -0.201765469, -1.95176547)]
    public void Each_has_the_values_of_its_definition_at_minus_one_two_and_a_quarter(
        ActivationFunction activation,
        double atMinusOne,
        double atTwo,
        double atQuarter
    )
    {
        float[] x = [-1, 2, 0.25f];
        activation.Apply(x);
        Goldens.AssertClose(
            [(float)atMinusOne, (float)atTwo, (float)atQuarter],
            x,
            2e-7f,
            $"{activation}"
        );
    }

    [Fact]
    public void None_overflows_far_from_zero()
    {
        foreach (var activation in Enum.GetValues<ActivationFunction>())
        {
            float[] x = [-1000, 1000, 0];
            activation.Apply(x);
            Assert.All(x, value => Assert.True(float.IsFinite(value), $"{activation}: {value}"));
        }
    }

    [Theory]
    [InlineData("torch.nn.modules.activation.ReLU6", ActivationFunction.Relu6)]
    [InlineData("torch.nn.modules.ReLU6", ActivationFunction.Relu6)]
    [InlineData("torch.nn.ReLU6", ActivationFunction.Relu6)]
    [InlineData("torch.nn.modules.linear.Identity", ActivationFunction.Identity)]
    [InlineData("torch.nn.Identity", ActivationFunction.Identity)]
    public void A_class_is_known_by_every_path_that_Python_finds_it_by(
        string path,
        ActivationFunction expected
    ) => Assert.Equal(expected, Read(path));

    [Fact]
    public void Each_is_read_back_from_the_path_that_it_prints()
    {
        foreach (var activation in Enum.GetValues<ActivationFunction>())
            Assert.Equal(activation, Read(activation.ClassPath()));
    }

    private ActivationFunction? Read(string path)
    {
        var file = folder.Write(
            "config.json",
            JsonSerializer.Serialize(new { activation_function = path })
        );
        return ActivationFunctions.Read(JsonFile.ReadObject(file), "activation_function");
    }
}
