using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>What the activation functions compute, and the names of torch's classes that configurations have.</summary>
internal static class ActivationFunctions
{
    private const string Package = "torch.nn.";

    /// <summary>The function that a configuration names by torch's class, or null where the key is absent.</summary>
    /// <exception cref="ModelFormatException">The class is not one of those known.</exception>
    public static ActivationFunction? Read(JsonFile config, string key)
    {
        if (config.Text(key) is not { } path)
            return null;
        var known = Enum.GetValues<ActivationFunction>();
        foreach (var activation in known)
            if (path == activation.ClassPath() || path == $"{Package}{activation.ClassName()}")
                return activation;
        throw config.Invalid(
            key,
            $"\"{path}\" is not supported; expected {string.Join(", ", known.Select(ClassPath))}"
        );
    }

    /// <summary>The class with its module, as Python writes it: "torch.nn.modules.activation.Tanh".</summary>
    public static string ClassPath(this ActivationFunction activation) =>
        $"{Package}modules.{(activation == ActivationFunction.Identity ? "linear" : "activation")}.{activation.ClassName()}";

    /// <summary>Applies the function to each number, in place.</summary>
    public static void Apply(this ActivationFunction activation, Span<float> x)
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
            case ActivationFunction.Gelu:
                foreach (ref var value in x)
                    value = (float)(value * (1 + Erf.Compute(value / Math.Sqrt(2))) / 2);
                break;
            case ActivationFunction.Sigmoid:
                TensorPrimitives.Sigmoid(x, x);
                break;
            case ActivationFunction.Silu:
                foreach (ref var value in x)
                    value /= 1 + MathF.Exp(-value);
                break;
            default:
                throw new InvalidOperationException($"{activation} is no activation function");
        }
    }

    private static string ClassName(this ActivationFunction activation) =>
        activation switch
        {
            ActivationFunction.Relu => "ReLU",
            ActivationFunction.Gelu => "GELU",
            ActivationFunction.Silu => "SiLU",
            _ => activation.ToString(),
        };
}
