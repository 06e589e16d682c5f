using NotebookKernel;

namespace Grading;

/// <summary>Reads a learner's file, which may be anything.</summary>
internal static class SubmissionReader
{
    // A lesson with all its figures is a tenth of it.
    private const long LargestBytes = 16 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="NotebookFormatException">It is no notebook, or none that is read here.</exception>
    public static NotebookDocument Read(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            throw new NotebookFormatException(path, "a link, expected a file of its own");
        if (file.Length == 0) // so is the length of what is no file, and whose reading might never end
            throw new NotebookFormatException(path, "empty, expected a notebook");
        if (file.Length > LargestBytes)
            throw new NotebookFormatException(
                path,
                $"{file.Length:N0} bytes, expected at most {LargestBytes:N0} of a submission"
            );
        return NotebookDocument.Load(path);
    }
}
