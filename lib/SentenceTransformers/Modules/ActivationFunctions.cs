using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>What the activation functions compute, and the names of torch's classes that configurations have.</summary>
internal static class ActivationFunctions
{
    /// <summary>What <see cref="ActivationFunction.PRelu"/> starts from before it learns.</summary>
    public const float UnlearntSlope = 0.25f;

    private const string Package = "torch.nn.";

    /// <summary>The function that a configuration names by torch's class, or null where the key is absent.</summary>
    /// <exception cref="ModelFormatException">The class is not one of those known.</exception>
    public static ActivationFunction? Read(JsonFile config, string key)
    {
        if (config.Text(key) is not { } path)
            return null;
        var known = Enum.GetValues<ActivationFunction>();
        foreach (var activation in known)
            if (
                path == activation.ClassPath()
                || path == $"{Package}{activation.ClassName()}"
                || path == $"{Package}modules.{activation.ClassName()}"
            )
                return activation;
        throw config.Invalid(
            key,
            $"\"{path}\" is not supported; expected {string.Join(", ", known.Select(ClassPath))}"
        );
    }

    /// <summary>The class with its module, as Python writes it: "torch.nn.modules.activation.Tanh".</summary>
    public static string ClassPath(this ActivationFunction activation) =>
        $"{Package}modules.{(activation == ActivationFunction.Identity ? "linear" : "activation")}.{activation.ClassName()}";

    /// <summary>Applies the function to the numbers of one text, in place.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="x">The numbers.</param>
    /// <param name="slope">What <see cref="ActivationFunction.PRelu"/> multiplies numbers below 0 by.</param>
    public static void Apply(
        this ActivationFunction activation,
        Span<float> x,
        float slope = UnlearntSlope
    )
    {
        switch (activation)
        {
            case ActivationFunction.Identity:
                break;
            case ActivationFunction.Tanh:
                TensorPrimitives.Tanh(x, x);
                break;
            case ActivationFunction.Relu:
                TensorPrimitives.Max(x, 0, x);
                break;
            case ActivationFunction.Sigmoid:
                TensorPrimitives.Sigmoid(x, x);
                break;
            case ActivationFunction.Softmax:
                Softmax(x, sign: 1);
                break;
            case ActivationFunction.Softmin:
                Softmax(x, sign: -1);
                break;
            case ActivationFunction.LogSoftmax:
                var largest = TensorPrimitives.Max<float>(x);
                var sum = 0.0;
                foreach (var value in x)
                    sum += Math.Exp((double)value - largest);
                foreach (ref var value in x)
                    value = (float)((double)value - largest - Math.Log(sum));
                break;
            default:
                foreach (ref var value in x)
                    value = (float)Compute(activation, value, slope);
                break;
        }
    }

    /// <summary>The function of one number.</summary>
    private static double Compute(ActivationFunction activation, double x, double slope) =>
        activation switch
        {
            ActivationFunction.Gelu => x * (1 + Erf.Compute(x / Math.Sqrt(2))) / 2,
            ActivationFunction.Silu => x / (1 + Math.Exp(-x)),
            ActivationFunction.Elu or ActivationFunction.Celu => x > 0 ? x : Math.Exp(x) - 1,
            // Both numbers are the paper's, as torch has them.
            ActivationFunction.Selu => 1.0507009873554805
                * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
            ActivationFunction.LeakyRelu => Slanted(x, 0.01),
            ActivationFunction.PRelu => Slanted(x, slope),
            ActivationFunction.RRelu => Slanted(x, (1 / 8.0 + 1 / 3.0) / 2),
            ActivationFunction.Relu6 => Math.Clamp(x, 0, 6),
            ActivationFunction.Hardtanh => Math.Clamp(x, -1, 1),
            ActivationFunction.Hardsigmoid => Math.Clamp(x / 6 + 0.5, 0, 1),
            ActivationFunction.Hardswish => x * Math.Clamp(x / 6 + 0.5, 0, 1),
            ActivationFunction.Hardshrink => Math.Abs(x) <= 0.5 ? 0 : x,
            ActivationFunction.Softshrink => x - Math.Clamp(x, -0.5, 0.5),
            ActivationFunction.Tanhshrink => x - Math.Tanh(x),
            ActivationFunction.Softplus => Softplus(x),
            ActivationFunction.Softsign => x / (1 + Math.Abs(x)),
            ActivationFunction.Mish => x * Math.Tanh(Softplus(x)),
            ActivationFunction.LogSigmoid => -Softplus(-x),
            _ => throw new InvalidOperationException($"{activation} is no activation function"),
        };

    private static double Slanted(double x, double slope) => x > 0 ? x : slope * x;

    // log(1 + e^x), written so that e^x cannot overflow.
    private static double Softplus(double x) =>
        Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static void Softmax(Span<float> x, float sign)
    {
        TensorPrimitives.Multiply(x, sign, x);
        TensorPrimitives.Subtract(x, TensorPrimitives.Max<float>(x), x); // so that e^x cannot overflow
        TensorPrimitives.SoftMax(x, x);
    }

    private static string ClassName(this ActivationFunction activation) =>
        activation switch
        {
            ActivationFunction.Relu => "ReLU",
            ActivationFunction.Gelu => "GELU",
            ActivationFunction.Silu => "SiLU",
            ActivationFunction.Elu => "ELU",
            ActivationFunction.Celu => "CELU",
            ActivationFunction.Selu => "SELU",
            ActivationFunction.LeakyRelu => "LeakyReLU",
            ActivationFunction.PRelu => "PReLU",
            ActivationFunction.RRelu => "RReLU",
            ActivationFunction.Relu6 => "ReLU6",
            _ => activation.ToString(),
        };
}
