namespace SentenceTransformers.Tests;

/// <summary>Where two figures agree: ALBERT's groups unrolled, and ELECTRA as wide as BERT. Weights made here.</summary>
public sealed class SharedFigureTests : IDisposable
{
    private const int Width = 8;
    private const int Intermediate = 12;

    private readonly List<ModelFolder> folders = [];

    public void Dispose() => folders.ForEach(folder => folder.Dispose());

    [Fact]
    public void A_group_of_layers_serves_a_run_of_steps()
    {
        // Four steps of two groups, A A B B, are one step through four layers of a group.
        var groups = Run(
            Albert(
                steps: 4,
                groups:
                [
                    ["A"],
                    ["B"],
                ]
            )
        );
        var layers = Run(
            Albert(
                steps: 1,
                groups:
                [
                    ["A", "A", "B", "B"],
                ]
            )
        );
        Assert.Equal(groups, layers);
        Assert.NotEqual(
            groups,
            Run(
                Albert(
                    steps: 1,
                    groups:
                    [
                        ["A", "B", "A", "B"],
                    ]
                )
            )
        ); // the premise: order shows
    }

    [Fact]
    public void Steps_that_groups_do_not_divide_go_where_the_reference_s_division_puts_them()
    {
        // int(i / (5 / 3)) for i = 0 to 4 is 0 0 1 1 2.
        var groups = Run(
            Albert(
                steps: 5,
                groups:
                [
                    ["A"],
                    ["B"],
                    ["C"],
                ]
            )
        );
        Assert.Equal(
            groups,
            Run(
                Albert(
                    steps: 1,
                    groups:
                    [
                        ["A", "A", "B", "B", "C"],
                    ]
                )
            )
        );
    }

    [Fact]
    public void More_layers_than_any_encoder_has_are_refused_though_their_weights_are_shared()
    {
        var layers = Enumerable.Repeat("A", 3).ToArray();
        var error = Assert.Throws<ModelFormatException>(() =>
            EncoderGolden.Open(Albert(steps: 50, groups: [layers])).Dispose()
        );
        Assert.Contains(
            "config.json: inner_group_num: 3 in each of 50 layers",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_Electra_as_wide_as_its_embeddings_is_Bert_and_has_no_projection()
    {
        var bert = Folder("bert", """ "num_hidden_layers": 2 """, BertWeights());
        var electra = Folder(
            "electra",
            $$""" "num_hidden_layers": 2, "embedding_size": {{Width}} """,
            BertWeights()
        );
        Assert.Equal(Run(bert), Run(electra));

        static IEnumerable<(string, int[], string)> BertWeights()
        {
            foreach (var weight in Embeddings())
                yield return weight;
            for (var layer = 0; layer < 2; layer++)
            {
                var names = LayerNames.Bert(layer);
                foreach (var weight in Layer(names, $"{layer}"))
                    yield return weight;
            }
        }
    }

    // Each group lists its layers by letters: the same letter, the same weights.
    private string Albert(int steps, string[][] groups)
    {
        var weights = new List<(string, int[], string)>(Embeddings());
        weights.Add(("encoder.embedding_hidden_mapping_in.weight", [Width, Width], "map"));
        weights.Add(("encoder.embedding_hidden_mapping_in.bias", [Width], "map bias"));
        for (var group = 0; group < groups.Length; group++)
        for (var layer = 0; layer < groups[group].Length; layer++)
        {
            var name = $"encoder.albert_layer_groups.{group}.albert_layers.{layer}";
            var attention = $"{name}.attention";
            var names = new LayerNames(
                $"{attention}.query",
                $"{attention}.key",
                $"{attention}.value",
                $"{attention}.dense",
                $"{attention}.LayerNorm",
                $"{name}.ffn",
                $"{name}.ffn_output",
                $"{name}.full_layer_layer_norm"
            );
            weights.AddRange(Layer(names, groups[group][layer]));
        }
        return Folder(
            "albert",
            $$""" "embedding_size": {{Width}}, "num_hidden_layers": {{steps}}, "num_hidden_groups": {{groups.Length}}, "inner_group_num": {{groups[0].Length}} """,
            weights
        );
    }

    private string Folder(
        string type,
        string more,
        IEnumerable<(string Name, int[] Shape, string Seed)> weights
    )
    {
        var folder = new ModelFolder();
        folders.Add(folder);
        folder.Write(
            "config.json",
            $$"""
            {"model_type": "{{type}}", "vocab_size": 10, "hidden_size": {{Width}}, "num_attention_heads": 2, "hidden_act": "gelu",
             "intermediate_size": {{Intermediate}}, "max_position_embeddings": 6, {{more}}}
            """
        );
        folder.WriteSafetensors(
            "model.safetensors",
            [
                .. weights.Select(weight =>
                    (weight.Name, weight.Shape, Values(weight.Seed, weight.Shape))
                ),
            ]
        );
        return folder.Path;
    }

    private static IEnumerable<(string, int[], string)> Embeddings() =>
        [
            ("embeddings.word_embeddings.weight", [10, Width], "words"),
            ("embeddings.token_type_embeddings.weight", [2, Width], "types"),
            ("embeddings.position_embeddings.weight", [6, Width], "positions"),
            ("embeddings.LayerNorm.weight", [Width], "norm"),
            ("embeddings.LayerNorm.bias", [Width], "norm bias"),
        ];

    private static IEnumerable<(string, int[], string)> Layer(LayerNames names, string letter)
    {
        (string Name, int Outputs, int Inputs)[] linear =
        [
            (names.Query, Width, Width),
            (names.Key, Width, Width),
            (names.Value, Width, Width),
            (names.AttentionOutput, Width, Width),
            (names.Intermediate, Intermediate, Width),
            (names.Output, Width, Intermediate),
        ];
        for (var i = 0; i < linear.Length; i++)
        {
            yield return (
                $"{linear[i].Name}.weight",
                [linear[i].Outputs, linear[i].Inputs],
                $"{letter} {i}"
            );
            yield return ($"{linear[i].Name}.bias", [linear[i].Outputs], $"{letter} {i} bias");
        }
        foreach (var norm in new[] { names.AttentionNorm, names.OutputNorm })
        {
            yield return ($"{norm}.weight", [Width], $"{letter} norm");
            yield return ($"{norm}.bias", [Width], $"{letter} norm bias");
        }
    }

    // Numbers between -1 and 1 that depend on the seed's text alone.
    private static float[] Values(string seed, int[] shape)
    {
        var start = seed.Aggregate(7, (hash, letter) => hash * 31 + letter) % 1000;
        return
        [
            .. Enumerable
                .Range(0, shape.Aggregate(1, (a, b) => a * b))
                .Select(i => MathF.Sin(start + 1.7f * i)),
        ];
    }

    private static float[] Run(string folder)
    {
        using var session = EncoderGolden.Open(folder);
        var features = new Features
        {
            InputIds = [1, 2, 3, 9],
            AttentionMask = [1, 1, 1, 1],
            TokenTypeIds = [0, 0, 1, 1],
            BatchSize = 1,
            TokenCount = 4,
        };
        return session.Run(features).Values.ToArray();
    }
}
