using FsCheck.Fluent;

namespace SentenceTransformers.Tests;

/// <summary>What holds for the embeddings of any texts.</summary>
public sealed class EncodeProperties : IDisposable
{
    private readonly SentenceTransformer model = SentenceTransformer.Load("ko-mini");

    public void Dispose() => model.Dispose();

    [Fact]
    public void A_batch_changes_no_vector() =>
        Arbitrary
            .Texts.SelectMany(texts => Gen.Choose(2, 6).Select(batchSize => (texts, batchSize)))
            .Check(
                given =>
                {
                    var together = model.Encode(given.texts, new() { BatchSize = given.batchSize });
                    for (var i = 0; i < given.texts.Length; i++)
                        Goldens.AssertClose(
                            model.Encode(given.texts[i]),
                            together[i],
                            1e-6f,
                            $"[{i}]"
                        );
                },
                times: 40
            );

    [Fact]
    public void Exchanging_texts_exchanges_vectors() =>
        Arbitrary
            .Texts.SelectMany(texts =>
                Gen.Shuffle(Enumerable.Range(0, texts.Length)).Select(order => (texts, order))
            )
            .Check(
                given =>
                {
                    var before = model.Encode(given.texts);
                    var after = model.Encode(given.order.Select(i => given.texts[i]));
                    for (var i = 0; i < given.order.Length; i++)
                        Goldens.AssertClose(before[given.order[i]], after[i], 1e-6f, $"[{i}]");
                },
                times: 40
            );
}
