namespace SentenceTransformers.Tests;

/// <summary>A model with RoBERTa's body and BERT's tokenizer, as klue/roberta-base: [CLS] 0, [PAD] 1, [SEP] 2, then 오늘 5, 날씨 6, ##가 7, 좋아요 8.</summary>
internal sealed class KlueRoberta : TemporaryFolder
{
    public KlueRoberta()
    {
        Copy(Goldens.Own("models/roberta-tiny/config.json"), "config.json");
        Copy(Goldens.Own("models/roberta-tiny/model.safetensors"), "model.safetensors");
        Write("vocab.txt", "[CLS]\n[PAD]\n[SEP]\n[UNK]\n[MASK]\n오늘\n날씨\n##가\n좋아요\n");
        Write(
            "tokenizer_config.json",
            """{"tokenizer_class": "BertTokenizer", "do_lower_case": false}"""
        );
    }

    /// <summary>Writes modules.json: classes of sentence-transformers, each with its folder.</summary>
    public void WriteModules(params (string Class, string Folder)[] modules) =>
        Write(
            "modules.json",
            $"[{string.Join(',', modules.Select(module =>
                $$"""{"type":"sentence_transformers.models.{{module.Class}}","path":"{{module.Folder}}"}"""
            ))}]"
        );
}
