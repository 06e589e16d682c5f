using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace SentenceTransformers;

/// <summary>Requests to the hub: with the token where it belongs, redirects followed by hand, failures in plain words.</summary>
internal sealed class HubRequests : IDisposable
{
    private const int MaximumRedirects = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly HubOptions options;
    private readonly HttpClient client;

    public HubRequests(HubOptions options)
    {
        this.options = options;
        client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // the token must not follow to another host
                AutomaticDecompression = DecompressionMethods.None, // lengths and ranges are those of the file
                UseCookies = false,
                ConnectTimeout = options.AnswerTimeout,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // a model takes as long as it takes; stalls are watched for instead
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("workbook-sentence-transformers");
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("identity");
    }

    /// <summary>Asks until an answer can be used, and gives up in words that say why.</summary>
    /// <param name="what">What is asked for, for messages.</param>
    /// <param name="ask">One attempt.</param>
    /// <param name="note">Told before each wait.</param>
    /// <param name="cancellation">Ends also a wait.</param>
    /// <param name="arrived">What has arrived so far: an attempt that brought something does not count as failed.</param>
    public async Task<T> RetryAsync<T>(
        string what,
        Func<Task<T>> ask,
        Action<string> note,
        CancellationToken cancellation,
        Func<long>? arrived = null
    )
    {
        var before = arrived?.Invoke();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception error)
                when (Failure(what, error, cancellation) is { Passing: true } failure)
            {
                if (arrived?.Invoke() is var now && now > before)
                    (before, attempt) = (now, 1);
                var wait =
                    (error as RetryLaterException)?.Delay
                    ?? options.RetryDelay * Math.Pow(2, attempt - 1);
                if (attempt >= options.Attempts)
                    throw new HubException($"{failure.Message} (tried {attempt} times)", error);
                if (wait > LongestWait)
                    throw new HubException(
                        $"{failure.Message}; the hub asks to wait {wait.TotalMinutes:0} minutes: try again then",
                        error
                    );
                note(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{failure.Message}; again in {wait.TotalSeconds:0.#} s"
                    )
                );
                await Task.Delay(wait, cancellation).ConfigureAwait(false);
            }
            catch (Exception error)
                when (Failure(what, error, cancellation) is { } failure && failure != error)
            {
                throw failure;
            }
        }
    }

    /// <summary>Sends a request, following redirects, and returns a successful answer whose body is still to be read.</summary>
    /// <param name="what">What is asked for, for messages.</param>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="address">The address.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="describe">
    /// Whether only the hub's own word is wanted: its redirect to where a large file lies is then the answer.
    /// </param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<HttpResponseMessage> SendAsync(
        string what,
        HttpMethod method,
        Uri address,
        long from,
        bool describe,
        CancellationToken cancellation
    )
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, address);
            if (options.Token is { } token && IsHub(address))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (from > 0)
                request.Headers.Range = new RangeHeaderValue(from, null);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(options.AnswerTimeout);
            var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                .ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return
                    response.IsSuccessStatusCode
                    || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
                    ? response
                    : throw Refusal(what, response);
            var target = response.Headers.Location is { } location
                ? new Uri(address, location)
                : null;
            if (
                describe
                && target is not null
                && (!IsHub(target) || Header(response, "X-Linked-ETag") is not null)
            )
                return response;
            response.Dispose();
            if (target is null || target.Scheme is not ("http" or "https"))
                throw new HubException($"{what}: redirected to no http address");
            if (address.Scheme == "https" && target.Scheme == "http")
                throw new HubException($"{what}: redirected from https to http ({target.Host})");
            if (redirects == MaximumRedirects)
                throw new HubException($"{what}: redirected more than {MaximumRedirects} times");
            address = target;
        }
    }

    public void Dispose() => client.Dispose();

    private bool IsHub(Uri address) =>
        address.Scheme == options.Endpoint.Scheme
        && address.Host == options.Endpoint.Host
        && address.Port == options.Endpoint.Port;

    private Exception Refusal(string what, HttpResponseMessage response)
    {
        using (response)
        {
            var status = (int)response.StatusCode;
            var code = Header(response, "X-Error-Code");
            var said = Header(response, "X-Error-Message") is { } message
                ? $": {Printable(message)}"
                : "";
            var token = options.Token is null
                ? "set HF_TOKEN to your access token"
                : "the access token in use does not open it";
            return status switch
            {
                401 => new HubException($"{what}: private, or not there ({token}){said}"),
                403 when code == "GatedRepo" => new HubException(
                    $"{what}: its owner must grant you access first; ask on its page, then {token}{said}"
                ),
                403 => new HubException($"{what}: access refused ({token}){said}"),
                404 => new HubException(
                    code switch
                    {
                        "RevisionNotFound" => $"{what}: no such revision",
                        "EntryNotFound" => $"{what}: no such file",
                        _ => $"{what}: not on the hub (404){said}",
                    }
                ),
                429 or 500 or 502 or 503 or 504 or 408 => new RetryLaterException(
                    $"{what}: the hub answers {status}{said}",
                    response.Headers.RetryAfter is { } after
                        ? after.Delta ?? (after.Date is { } date ? Until(date) : null)
                        : null
                ),
                _ => new HubException($"{what}: the hub answers {status}{said}")
                {
                    Status = response.StatusCode,
                },
            };
        }
    }

    // What an exception of one attempt means; null where the user has interrupted.
    private HubException? Failure(string what, Exception error, CancellationToken cancellation) =>
        error switch
        {
            HubException known => known,
            _ when cancellation.IsCancellationRequested => null,
            RetryLaterException later => new HubException(later.Message) { Passing = true },
            OperationCanceledException => new HubException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: no answer from {options.Endpoint.Host} within {options.AnswerTimeout.TotalSeconds:0.#} s"
                )
            )
            {
                Passing = true,
            },
            HttpRequestException
            {
                InnerException: SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain
                }
            } => new HubException(
                $"{what}: {options.Endpoint.Host} is not known here; is there a network?"
            ),
            HttpRequestException or HttpIOException => new HubException(
                $"{what}: {(error.InnerException ?? error).Message}",
                error
            )
            {
                Passing = true,
            },
            _ => null,
        };

    private static TimeSpan Until(DateTimeOffset date)
    {
        var left = date - DateTimeOffset.UtcNow;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A header of an answer, or null.</summary>
    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        || response.Content.Headers.TryGetValues(name, out values)
            ? values.First()
            : null;

    // A server's words go to a terminal: no control characters, and not a page of them.
    private static string Printable(string text) =>
        new([.. text.Where(c => !char.IsControl(c)).Take(200)]);

    private sealed class RetryLaterException(string message, TimeSpan? delay) : Exception(message)
    {
        public TimeSpan? Delay => delay;
    }
}
