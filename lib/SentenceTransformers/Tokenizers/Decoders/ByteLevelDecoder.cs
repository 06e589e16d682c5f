using System.Text;

namespace SentenceTransformers;

/// <summary>Reads tokens that are spelled by bytes (<see cref="ByteAlphabet"/>); what is no UTF-8 becomes U+FFFD.</summary>
internal sealed class ByteLevelDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) =>
        [Encoding.UTF8.GetString([.. tokens.SelectMany(ByteAlphabet.Read)])];
}
