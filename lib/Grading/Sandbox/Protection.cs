using Workbook;

namespace Grading;

/// <summary>What submissions were kept away from, in words.</summary>
internal static class Protection
{
    /// <summary>In both languages.</summary>
    public static Wording Of(Isolation isolation) =>
        isolation switch
        {
            Isolation.Full => new(
                "Submissions ran apart: no network, no files but the lessons' own to read, time, memory and output limited.",
                "제출물은 격리되어 실행되었습니다. 네트워크가 없고, 강의에 필요한 파일만 읽을 수 있으며, 시간과 메모리와 출력이 제한됩니다."
            ),
            Isolation.NoNetwork => new(
                "Submissions ran without a network, with time, memory and output limited; this system does not let them be kept from your files.",
                "제출물은 네트워크 없이, 시간과 메모리와 출력이 제한된 채 실행되었습니다. 이 시스템에서는 파일을 보호하지 못합니다."
            ),
            _ => new(
                "Submissions ran with time, memory and output limited; this system does not let them be kept from your files and the network.",
                "제출물은 시간과 메모리와 출력이 제한된 채 실행되었습니다. 이 시스템에서는 파일과 네트워크를 보호하지 못합니다."
            ),
        };
}
