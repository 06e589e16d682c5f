namespace SentenceTransformers.Tests;

/// <summary>From a folder to a model: whole folders give the reference's vectors, broken ones a clear refusal.</summary>
public sealed class SentenceTransformerLoadTests : IDisposable
{
    private const float Tolerance = 5e-6f;

    private static readonly string KoMini = Path.Combine(Goldens.Repository, "models", "ko-mini");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("st-models/st-bert-mean-legacy")]
    [InlineData("st-models/st-bert-cls-dense-norm")]
    public void A_whole_folder_gives_the_reference_s_vectors(string name)
    {
        using var model = SentenceTransformer.Load(Goldens.Shared(name));
        var golden = Goldens.Json(Goldens.Shared($"{name}/golden.json"));
        Assert.Equal(golden.GetProperty("max_seq_length").GetInt32(), model.MaxSequenceLength);
        foreach (var batch in golden.GetProperty("batches").EnumerateArray())
        {
            string[] texts =
            [
                .. batch.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!),
            ];
            Assert.Contains("", texts);
            var expected = Goldens.Rows(batch.GetProperty("sentence_embeddings"));
            var found = model.Encode(texts, new EncodeOptions { BatchSize = 5 });
            for (var i = 0; i < texts.Length; i++)
                Goldens.AssertClose(expected[i], found[i], Tolerance, $"{name}, text {i}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_real_Korean_vocabulary_gives_what_transformers_js_gives(bool fromOnnx)
    {
        var golden = Goldens.Json(Goldens.Shared("tjs/krsbert-vocab-tiny/golden.json"));
        foreach (
            var file in Directory
                .GetFiles(Goldens.Shared("tjs/krsbert-vocab-tiny"), "*.*")
                .Where(file => !file.EndsWith("golden.json", StringComparison.Ordinal))
        )
            folder.Copy(file, Path.GetFileName(file));
        if (fromOnnx)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "onnx"));
            folder.Copy(
                Goldens.Shared("tjs/krsbert-vocab-tiny/onnx/model.onnx"),
                "onnx/model.onnx"
            );
            File.Delete(Path.Combine(folder.Path, "model.safetensors")); // so that nothing else can have been read
        }
        using var model = SentenceTransformer.Load(folder.Path);
        string[] texts =
        [
            .. golden.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!),
        ];
        var unit = golden
            .GetProperty("cases")
            .EnumerateArray()
            .First(c => c.GetProperty("options").GetProperty("normalize").GetBoolean());
        var expected = Goldens.Rows(unit.GetProperty("embeddings_transformers_js"));
        var found = model.Encode(texts, new EncodeOptions { NormalizeEmbeddings = true });
        for (var i = 0; i < texts.Length; i++)
            Goldens.AssertClose(expected[i], found[i], Tolerance, $"text {i}");
    }

    [Fact]
    public void The_structure_prints_as_Python_prints_it()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        Assert.Equal(
            """
            SentenceTransformer(
              (0): Transformer({'max_seq_length': 64, 'do_lower_case': False}) with Transformer model: BertModel 
              (1): Pooling({'word_embedding_dimension': 256, 'pooling_mode_cls_token': False, 'pooling_mode_mean_tokens': True, 'pooling_mode_max_tokens': False, 'pooling_mode_mean_sqrt_len_tokens': False, 'pooling_mode_weightedmean_tokens': False, 'pooling_mode_lasttoken': False, 'include_prompt': True})
            )
            """.ReplaceLineEndings("\n"),
            model.ToString()
        );
        Assert.Equal(
            """
            SentenceTransformer(
              (0): Transformer({'transformer_task': 'feature-extraction', 'modality_config': {'text': {'method': 'forward', 'method_output_name': 'last_hidden_state'}}, 'module_output_name': 'token_embeddings', 'architecture': 'BertModel'})
              (1): Pooling({'embedding_dimension': 256, 'pooling_mode': 'mean', 'include_prompt': True})
            )
            """.ReplaceLineEndings("\n"),
            model.ToString(PrintStyle.Current)
        );
    }

    [Fact]
    public void Modules_put_together_by_hand_give_what_the_folder_gives()
    {
        using var loaded = SentenceTransformer.Load("ko-mini");
        var transformer = Transformer.Load(KoMini);
        using var assembled = new SentenceTransformer(
            transformer,
            new Pooling(transformer.EmbeddingDimension, PoolingMode.Mean)
        );
        Assert.Equal(loaded.Encode("오늘 날씨가 좋아요"), assembled.Encode("오늘 날씨가 좋아요"));
        Assert.Equal(loaded.ToString(), assembled.ToString());
    }

    [Fact]
    public void A_folder_without_modules_gets_mean_pooling_and_says_so()
    {
        CopyModel("modules.json", "1_Pooling/config.json");
        using var plain = SentenceTransformer.Load(folder.Path);
        using var whole = SentenceTransformer.Load(KoMini);
        Assert.Contains("no modules.json", Assert.Single(plain.Warnings), StringComparison.Ordinal);
        Assert.Empty(whole.Warnings);
        Assert.Equal(whole.Encode("기차가 옵니다"), plain.Encode("기차가 옵니다"));
    }

    [Fact]
    public void A_folder_of_links_as_a_cache_keeps_it_loads_the_same()
    {
        using var blobs = new TemporaryFolder();
        CopyModel();
        var weights = Path.Combine(folder.Path, "model.safetensors");
        File.Move(weights, Path.Combine(blobs.Path, "e52e403d"));
        File.CreateSymbolicLink(weights, Path.Combine(blobs.Path, "e52e403d"));
        using var linked = SentenceTransformer.Load(folder.Path);
        using var whole = SentenceTransformer.Load(KoMini);
        Assert.Equal(whole.Encode("기차가 옵니다"), linked.Encode("기차가 옵니다"));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        foreach (
            var file in new[]
            {
                "config.json",
                "vocab.txt",
                "model.safetensors",
                "1_Pooling/config.json",
            }
        )
        {
            using var broken = new TemporaryFolder();
            CopyTo(broken, [file]);
            var error = Assert.Throws<FileNotFoundException>(() =>
                SentenceTransformer.Load(broken.Path).Dispose()
            );
            Assert.Contains(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "modules.json",
        """[{"type":"sentence_transformers.models.Transformer","path":"../ko-mini"}]""",
        "leads out of the model's folder"
    )]
    [InlineData(
        "modules.json",
        """[{"type":"sentence_transformers.models.Transformer","path":"a\u0000b"}]""",
        "modules.json: [0].path: holds a null character"
    )]
    [InlineData(
        "modules.json",
        """[{"type":"evil.Module","path":""}]""",
        "'evil.Module' is not supported"
    )]
    [InlineData("modules.json", """[{"path":""}]""", "[0].type: missing")]
    [InlineData("modules.json", "[]", "expected a Transformer, then a Pooling")]
    [InlineData("modules.json", "{", "not valid JSON")]
    [InlineData(
        "sentence_bert_config.json",
        """{"max_seq_length": -1}""",
        "max_seq_length: -1 is not between"
    )]
    [InlineData(
        "config_sentence_transformers.json",
        """{"prompts": {"query": 1}}""",
        "prompts.query: expected a string"
    )]
    [InlineData(
        "config_sentence_transformers.json",
        """{"similarity_fn_name": "jaccard"}""",
        "similarity_fn_name: 'jaccard'"
    )]
    [InlineData(
        "config_sentence_transformers.json",
        """{"default_prompt_name": "query"}""",
        "default_prompt_name: 'query'"
    )]
    public void A_file_that_contradicts_itself_is_refused_by_name_and_key(
        string file,
        string text,
        string message
    )
    {
        CopyModel();
        folder.Write(file, text);
        var error = Assert.Throws<ModelFormatException>(() =>
            SentenceTransformer.Load(folder.Path).Dispose()
        );
        Assert.Contains(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pooling_for_another_transformer_is_refused()
    {
        CopyModel();
        folder.Write("1_Pooling/config.json", """{"word_embedding_dimension": 300}""");
        var error = Assert.Throws<ModelFormatException>(() =>
            SentenceTransformer.Load(folder.Path).Dispose()
        );
        Assert.Contains(
            "modules.json: the Pooling takes 300 numbers, and the module before it gives 256",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_module_of_the_wrong_kind_or_size_is_refused_before_anything_is_computed()
    {
        CopyModel("config.json"); // which would be missed, were the transformer loaded first
        const string transformer =
            """{"type":"sentence_transformers.models.Transformer","path":""}""";
        const string pooling =
            """{"type":"sentence_transformers.models.Pooling","path":"1_Pooling"}""";
        foreach (
            var list in new[]
            {
                $"[{transformer},{transformer}]",
                $"[{pooling},{transformer}]",
                $"[{transformer},{pooling},{pooling}]",
            }
        )
        {
            folder.Write("modules.json", list);
            var error = Assert.Throws<ModelFormatException>(() =>
                SentenceTransformer.Load(folder.Path).Dispose()
            );
            Assert.Contains(
                "is not supported here, expected",
                error.Message,
                StringComparison.Ordinal
            );
        }

        using var other = new TemporaryFolder();
        CopyTo(other, []);
        var dense = """{"type":"sentence_transformers.models.Dense","path":"2_Dense"}""";
        other.Write("modules.json", $"[{transformer},{pooling},{dense}]");
        other.Write("2_Dense/config.json", """{"in_features":12,"out_features":12,"bias":true}""");
        other.Copy(Goldens.Own("pooling/dense/1/model.safetensors"), "2_Dense/model.safetensors");
        var misfit = Assert.Throws<ModelFormatException>(() =>
            SentenceTransformer.Load(other.Path).Dispose()
        );
        Assert.Contains(
            "the Dense takes 12 numbers, and the module before it gives 256",
            misfit.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lower_case_that_sentence_transformers_asks_for_keeps_accents_and_special_tokens()
    {
        CopyModel();
        using var cased = SentenceTransformer.Load(folder.Path);
        folder.Write(
            "sentence_bert_config.json",
            """{"max_seq_length": 64, "do_lower_case": true}"""
        );
        using var lower = SentenceTransformer.Load(folder.Path);
        Assert.Contains("'do_lower_case': True", lower.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(cased.Encode("BERT 모델"), cased.Encode("bert 모델")); // the premise
        Assert.Equal(cased.Encode("bert 모델"), lower.Encode("BERT 모델"));
        Assert.Equal(
            cased.Tokenizer.Encode("[MASK] é").Ids,
            lower.Tokenizer.Encode("[MASK] É").Ids
        );
    }

    [Fact]
    public void Prompts_of_the_folder_are_found_by_name_and_left_out_of_the_mean_where_it_says_so()
    {
        CopyModel();
        folder.Write(
            "config_sentence_transformers.json",
            """{"prompts": {"query": "질문: ", "passage": "글: "}, "default_prompt_name": "passage", "truncate_dim": 100}"""
        );
        using var model = SentenceTransformer.Load(folder.Path);
        using var plain = SentenceTransformer.Load(KoMini);
        Assert.Equal(plain.Encode("글: 기차가 옵니다")[..100], model.Encode("기차가 옵니다"));
        Assert.Equal(
            plain.Encode("질문: 기차가 옵니다")[..100],
            model.Encode("기차가 옵니다", new EncodeOptions { PromptName = "query" })
        );

        folder.Write(
            "1_Pooling/config.json",
            """{"word_embedding_dimension": 256, "pooling_mode_mean_tokens": true, "include_prompt": false}"""
        );
        using var without = SentenceTransformer.Load(folder.Path);
        var features = plain.Tokenize(["질문: 기차가 옵니다"]);
        plain.Transformer.Forward(features);
        var prompt = plain.CountTokens("질문: ") - 1; // [CLS] and the prompt's own
        var kept = Enumerable.Range(prompt, features.TokenCount - prompt).ToArray();
        var mean = Enumerable
            .Range(0, 100)
            .Select(d => kept.Average(t => features.TokenEmbeddings![0, t][d]))
            .ToArray();
        Goldens.AssertClose(
            mean,
            without.Encode("기차가 옵니다", new EncodeOptions { PromptName = "query" }),
            1e-6f,
            "mean without the prompt"
        );
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_at_the_side_that_the_folder_names()
    {
        CopyModel();
        Assert.Equal([2, 135, 3], Tokenizer.Load(folder.Path).Encode("안녕 세계", null, 3).Ids);
        folder.Write(
            "tokenizer_config.json",
            """{"do_lower_case": false, "truncation_side": "left"}"""
        );
        var left = Tokenizer.Load(folder.Path);
        var all = left.Encode("안녕 세계");
        Assert.Equal([2, .. all.Ids[^2..]], left.Encode("안녕 세계", null, 3).Ids);
        Assert.Equal(all.Offsets[^2], left.Encode("안녕 세계", null, 3).Offsets[1]);
    }

    [Fact]
    public void Padding_at_the_left_changes_no_vector()
    {
        CopyModel();
        string[] texts = ["안녕", "오늘 날씨가 정말 좋아요"];
        using var right = SentenceTransformer.Load(folder.Path);
        folder.Write(
            "tokenizer_config.json",
            """{"do_lower_case": false, "padding_side": "left"}"""
        );
        using var left = SentenceTransformer.Load(folder.Path);
        Assert.Equal(right.Encode(texts), left.Encode(texts));
    }

    [Theory]
    [InlineData("truncation_side")]
    [InlineData("padding_side")]
    public void A_side_that_is_neither_left_nor_right_is_refused(string key)
    {
        CopyModel();
        folder.Write("tokenizer_config.json", $$"""{"{{key}}": "both"}""");
        var error = Assert.Throws<ModelFormatException>(() =>
            SentenceTransformer.Load(folder.Path).Dispose()
        );
        Assert.Contains(
            $"tokenizer_config.json: {key}: 'both' is neither 'left' nor 'right'",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_limit_beyond_the_model_s_positions_is_refused_when_a_text_needs_it()
    {
        CopyModel();
        folder.Write("sentence_bert_config.json", """{"max_seq_length": 512}""");
        using var model = SentenceTransformer.Load(folder.Path);
        Assert.Equal(256, model.Encode("짧은 문장").Length);
        var error = Assert.Throws<ArgumentException>(() =>
            model.Encode(string.Concat(Enumerable.Repeat("날씨 ", 200)))
        );
        Assert.Contains("the model has 64 positions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_the_model_s_table_lacks_is_refused_when_a_text_has_it()
    {
        CopyModel();
        File.AppendAllText(Path.Combine(folder.Path, "vocab.txt"), "외계어\n");
        using var model = SentenceTransformer.Load(folder.Path);
        Assert.Equal(256, model.Encode("날씨").Length);
        var error = Assert.Throws<ModelFormatException>(() => model.Encode("외계어"));
        Assert.Contains("token 10000 '외계어'", error.Message, StringComparison.Ordinal);
    }

    private void CopyModel(params string[] without) => CopyTo(folder, without);

    private static void CopyTo(TemporaryFolder target, string[] without)
    {
        Directory.CreateDirectory(Path.Combine(target.Path, "1_Pooling"));
        foreach (
            var file in Directory
                .GetFiles(KoMini, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(KoMini, file))
        )
            if (!without.Contains(file.Replace('\\', '/')))
                target.Copy(Path.Combine(KoMini, file), file);
    }
}
