namespace SentenceTransformers;

/// <summary>The two encoders of CLIP (Radford et al. 2021) as graphs, with the names that Hugging Face gave the weights.</summary>
internal static class ClipTowers
{
    /// <summary>A weight that every CLIP model has, and only one of.</summary>
    public const string AnchorWeight = "text_model.embeddings.token_embedding.weight";

    public const string InputIds = "input_ids";
    public const string Ends = "end_rows";
    public const string PixelValues = "pixel_values";
    public const string Embeddings = "embeds";

    /// <summary>Texts: [batch, tokens] ids, and in which row of [batch * tokens] each text ends, to [batch, dimension].</summary>
    /// <remarks>A token sees only those before it, so the last one has seen all; its vector is the text's. Padding comes behind it.</remarks>
    public static OnnxSession Text(EncoderWeights weights, ClipConfig config)
    {
        var graph = new OnnxGraph("CLIPTextModelWithProjection");
        var ids = graph.Input(InputIds, OnnxElement.Int64, "batch", "tokens");
        var ends = graph.Input(Ends, OnnxElement.Int64, "batch");
        var (text, width) = (config.Text, config.Text.Width);
        var tokens = graph.Node("Shape", [ids], ("start", 1L));
        var blocks = new EncoderBlocks(graph, weights, graph.Node("Shape", [ids]));

        const string embeddings = "text_model.embeddings";
        var x =
            blocks.Lookup(AnchorWeight, text.VocabularySize, width, ids)
            + blocks.FirstRows(
                $"{embeddings}.position_embedding.weight",
                text.Positions,
                width,
                tokens
            );
        var mask = CausalMask(graph, tokens);
        for (var layer = 0; layer < text.Layers; layer++)
            x = blocks.PreNormLayer(x, mask, text, Names("text_model", layer));
        x = blocks.LayerNorm(x, "text_model.final_layer_norm", width, text.Epsilon);
        var rows = graph.Node("Reshape", [x, graph.Constant(-1, width)]); // [batch * tokens, width]
        var last = graph.Node("Gather", [rows, ends]); // [batch, width]
        var result = blocks.Projection(last, "text_projection", width, config.Dimension);
        graph.Output(result, Embeddings, OnnxElement.Float, "batch", $"{config.Dimension}");
        return OnnxSession.Over(weights, graph);
    }

    /// <summary>Pictures: [batch, 3, size, size] to [batch, dimension].</summary>
    /// <remarks>Each patch becomes a token; a learnt first token gathers what the patches say, and its vector is the picture's.</remarks>
    public static OnnxSession Vision(EncoderWeights weights, ClipConfig config)
    {
        var graph = new OnnxGraph("CLIPVisionModelWithProjection");
        var size = $"{config.ImageSize}";
        var pixels = graph.Input(PixelValues, OnnxElement.Float, "batch", "3", size, size);
        var (vision, width) = (config.Vision, (long)config.Vision.Width);
        var batch = graph.Node("Shape", [pixels], ("end", 1L));
        var batchAndTokens = graph.Node(
            "Concat",
            [batch, graph.Constant(config.Patches + 1)],
            ("axis", 0L)
        );
        var blocks = new EncoderBlocks(graph, weights, batchAndTokens);

        const string embeddings = "vision_model.embeddings";
        long patch = config.PatchSize;
        var kernel = weights.Take(
            graph,
            $"{embeddings}.patch_embedding.weight",
            width,
            3,
            patch,
            patch
        );
        var grid = graph.Node("Conv", [pixels, kernel], ("strides", new[] { patch, patch })); // [batch, width, rows, columns]
        var patches = graph.Node(
            "Transpose",
            [graph.Node("Reshape", [grid, graph.Constant(0, width, -1)])],
            ("perm", new long[] { 0, 2, 1 })
        ); // [batch, patches, width]
        var first = graph.Node(
            "Expand",
            [
                weights.Take(graph, $"{embeddings}.class_embedding", width),
                graph.Node("Concat", [batch, graph.Constant(1, width)], ("axis", 0L)),
            ]
        ); // [batch, 1, width]
        var positions = weights.Take(
            graph,
            $"{embeddings}.position_embedding.weight",
            config.Patches + 1,
            width
        );
        var x = graph.Node("Concat", [first, patches], ("axis", 1L)) + positions;
        x = blocks.LayerNorm(x, "vision_model.pre_layrnorm", vision.Width, vision.Epsilon); // (sic)
        for (var layer = 0; layer < vision.Layers; layer++)
            x = blocks.PreNormLayer(x, mask: null, vision, Names("vision_model", layer));
        var summary = blocks.LayerNorm(
            EncoderBlocks.FirstToken(x, vision.Width),
            "vision_model.post_layernorm",
            vision.Width,
            vision.Epsilon
        );
        var result = blocks.Projection(
            summary,
            "visual_projection",
            vision.Width,
            config.Dimension
        );
        graph.Output(result, Embeddings, OnnxElement.Float, "batch", $"{config.Dimension}");
        return OnnxSession.Over(weights, graph);
    }

    /// <summary>0 where a token may look, at itself and those before it, and the lowest float elsewhere; shape [tokens, tokens].</summary>
    private static OnnxValue CausalMask(OnnxGraph graph, OnnxValue tokens)
    {
        var scalar = graph.Constant();
        var position = graph.Node(
            "Range",
            [
                graph.Node("Reshape", [graph.Constant(0), scalar]),
                graph.Node("Reshape", [tokens, scalar]),
                graph.Node("Reshape", [graph.Constant(1), scalar]),
            ]
        ); // [tokens]
        var behind = graph.Node(
            "Greater",
            [position, graph.Node("Unsqueeze", [position, graph.Constant(1)])]
        ); // [tokens, tokens]: looked at comes after the one that looks
        return graph.Node("Cast", [behind], ("to", (long)OnnxElement.Float))
            * graph.Constant(float.MinValue);
    }

    private static LayerNames Names(string tower, int layer)
    {
        var name = $"{tower}.encoder.layers.{layer}";
        return new LayerNames(
            Query: $"{name}.self_attn.q_proj",
            Key: $"{name}.self_attn.k_proj",
            Value: $"{name}.self_attn.v_proj",
            AttentionOutput: $"{name}.self_attn.out_proj",
            AttentionNorm: $"{name}.layer_norm1",
            Intermediate: $"{name}.mlp.fc1",
            Output: $"{name}.mlp.fc2",
            OutputNorm: $"{name}.layer_norm2"
        );
    }
}
