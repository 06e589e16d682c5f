namespace SentenceTransformers.Tests;

/// <summary>Token embeddings come from memory that is used again, and only where nobody else can hold them.</summary>
public sealed class EncodeMemoryTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("기차가 옵니다", 20));
    private static readonly EncodeOptions OneThread = new() { Threads = 1 };

    [Fact]
    public void A_long_text_allocates_less_than_a_quarter_of_its_token_embeddings()
    {
        var features = embedded.Model.Tokenize([Long]);
        Assert.True(features.TokenCount > 50);
        var tokens =
            sizeof(float) * features.TokenCount * embedded.Model.Transformer.EmbeddingDimension;
        for (var i = 0; i < 3; i++)
            embedded.Model.Encode(Long, OneThread);
        var before = GC.GetAllocatedBytesForCurrentThread();
        embedded.Model.Encode(Long, OneThread);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, tokens / 4);
    }

    [Fact]
    public void What_the_visible_steps_hand_out_stays_whatever_is_encoded_after_it()
    {
        var features = embedded.Model.Forward(embedded.Model.Tokenize([Long]));
        var seen = features.TokenEmbeddings!.Values.ToArray();
        embedded.Model.Encode(Enumerable.Repeat("졸음이 옵니다", 200));
        Assert.Equal(seen, features.TokenEmbeddings.Values.ToArray());
    }

    [Fact]
    public void A_module_of_somebody_else_s_may_keep_what_it_saw()
    {
        var keeper = new Keeper();
        // The model is the fixture's: its modules are shared, not owned.
        var model = new SentenceTransformer(
            embedded.Model.Transformer,
            embedded.Model.Modules[1],
            keeper
        );
        model.Encode(Long);
        var seen = keeper.Seen!.Values.ToArray();
        model.Encode(Enumerable.Repeat("졸음이 옵니다", 200));
        Assert.Equal(seen, keeper.First!.Values.ToArray());
    }

    private sealed class Keeper : IModule
    {
        public TokenEmbeddings? First { get; private set; }

        public TokenEmbeddings? Seen { get; private set; }

        public void Forward(Features features)
        {
            Seen = features.TokenEmbeddings;
            First ??= Seen;
        }

        public string ToString(PrintStyle style) => "Keeper()";
    }
}
