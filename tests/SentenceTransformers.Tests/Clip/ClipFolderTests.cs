using System.Text.Json.Nodes;
using Pictures;

namespace SentenceTransformers.Tests;

/// <summary>What folders of other ages say about a CLIP, on a copy of the embedded one.</summary>
public sealed class ClipFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ClipFolderTests()
    {
        foreach (var file in Directory.GetFiles(ModelManifest.Locate("mini-clip")))
            File.Copy(file, folder[Path.GetFileName(file)]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_older_folder_is_the_same_model()
    {
        Change(
            "config.json",
            config =>
            {
                // The older names of the two halves; where both are there, the older ones count.
                config["text_config_dict"] = config["text_config"]!.DeepClone();
                config["text_config_dict"]!["eos_token_id"] = 2;
                config["text_config"] = new JsonObject { ["hidden_size"] = 7 };
                config["vision_config_dict"] = config["vision_config"]!.DeepClone();
                config["vision_config"] = null;
            }
        );
        Change(
            "preprocessor_config.json",
            config =>
            {
                (config["size"], config["crop_size"]) = (64, 64);
                foreach (var key in new[] { "do_rescale", "rescale_factor", "do_convert_rgb" })
                    config.Remove(key);
            }
        );
        using var older = SentenceTransformer.Load(folder.Path);
        using var model = SentenceTransformer.Load("mini-clip");
        var dog = Path.Combine(Goldens.Repository, "data/pictures/dog.png");
        Assert.Equal(model.Encode("A dog on grass"), older.Encode("A dog on grass"));
        Assert.Equal(model.EncodeImages([dog])[0], older.EncodeImages([dog])[0]);
    }

    [Fact]
    public void A_logit_scale_that_is_no_number_is_named()
    {
        var weights = File.ReadAllBytes(folder["model.safetensors"]);
        using (var file = WeightFile.Open(folder["model.safetensors"]))
        {
            var scale = file.Tensors["logit_scale"];
            Assert.Equal("F16", scale.DType);
            weights.AsSpan((int)scale.Offset, 2).Fill(0xFF); // NaN
        }
        File.WriteAllBytes(folder["model.safetensors"], weights);
        Assert.Contains(
            "logit_scale",
            Assert
                .Throws<ModelFormatException>(() => SentenceTransformer.Load(folder.Path))
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_a_picture_that_has_its_size_already_no_colour_changes_in_either_order()
    {
        var pixels = new byte[4 * 64 * 64];
        new Random(1).NextBytes(pixels);
        var picture = new Picture(64, 64, pixels, PictureMode.Rgba);
        Assert.Contains(pixels.Chunk(4), pixel => pixel is [> 0, _, _, 0]); // a colour that nobody sees
        foreach (var order in Enum.GetValues<ImageOrder>())
            Assert.Equal(
                picture.ToRgb().Pixels.ToArray(),
                ImageProcessor
                    .Load(folder.Path, order)
                    .ResizeAndCrop(picture)
                    .ToRgb()
                    .Pixels.ToArray()
            );
    }

    private void Change(string file, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(folder[file]))!.AsObject();
        change(json);
        File.WriteAllText(folder[file], json.ToJsonString());
    }
}
