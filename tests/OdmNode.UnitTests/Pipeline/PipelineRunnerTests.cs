using OdmNode.Core.Errors;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Running;
using OdmNode.Pipeline.Stages;

namespace OdmNode.UnitTests.Pipeline;

public sealed class PipelineRunnerTests : IDisposable
{
    private readonly TemporaryProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void A_second_run_computes_nothing_and_gives_the_same()
    {
        project.Run(Three());
        string first = project.Artefact("c");
        TextStage[] again = Three();
        var listener = new Listener();
        project.Run(again, listener);
        Assert.All(again, stage => Assert.Empty(stage.Executed));
        Assert.All(again, stage => Assert.Equal(0, stage.Reductions));
        Assert.Equal(["a has 4 units", "b has 4 units", "c has 4 units"], listener.Warnings);
        Assert.Equal(first, project.Artefact("c"));
    }

    [Fact]
    public void Checkpoints_reach_the_disk()
    {
        project.Run(Three(), files: new StoreFiles());
        Assert.NotEmpty(project.Artefact("c"));
    }

    [Fact]
    public void Every_unit_sees_its_options_and_the_result_before_it()
    {
        project.Run(Three());
        Assert.StartsWith("c/u0[quality=\"high\"](b/u0[](a/u0[crop=3]()))", project.Artefact("c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_option_recomputes_the_stages_that_read_it_and_those_after_them()
    {
        project.Run(Three());
        TextStage[] again = Three();
        project.Run(again, options: new Dictionary<string, string>(TemporaryProject.DefaultOptions) { ["quality"] = "\"low\"" });
        Assert.Empty(again[0].Executed);
        Assert.Empty(again[1].Executed);
        Assert.Equal(4, again[2].Executed.Count);
        Assert.Contains("\"low\"", project.Artefact("c"), StringComparison.Ordinal);

        TextStage[] third = Three();
        project.Run(third, options: new Dictionary<string, string>(TemporaryProject.DefaultOptions) { ["crop"] = "4" });
        Assert.All(third, stage => Assert.Equal(4, stage.Executed.Count));
    }

    [Theory]
    [InlineData("units/u2")]
    [InlineData("list")]
    public void A_file_that_is_missing_or_changed_in_a_delivered_folder_is_written_again(string file)
    {
        project.Run(Three());
        IReadOnlyList<(string Name, string Text)> expected = project.Parts("b");
        string path = Path.Combine(project.Folder, "out", "b", file);
        string text = File.ReadAllText(path);
        foreach (Action harm in (Action[])[() => File.Delete(path), () => File.WriteAllText(path, new string('x', text.Length))])
        {
            harm();
            TextStage[] again = Three();
            project.Run(again);
            Assert.Equal([0, 1, 0], again.Select(stage => stage.Reductions));
            Assert.All(again, stage => Assert.Empty(stage.Executed));
            Assert.Equal(expected, project.Parts("b"));
        }
    }

    [Fact]
    public void A_folder_touched_but_not_changed_is_kept_and_a_file_too_many_does_not_stay_in_one_that_is_written_again()
    {
        project.Run(Three());
        string folder = Path.Combine(project.Folder, "out", "c");
        File.SetLastWriteTimeUtc(Path.Combine(folder, "list"), new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        TextStage[] again = Three();
        project.Run(again);
        Assert.All(again, stage => Assert.Equal(0, stage.Reductions));
        IReadOnlyList<(string Name, string Text)> expected = project.Parts("c");
        File.WriteAllText(Path.Combine(folder, "more"), "of another run");
        project.Run(Three());
        Assert.Equal(expected, project.Parts("c"));
    }

    [Fact]
    public void An_option_that_nobody_reads_and_another_spelling_of_a_number_recompute_nothing()
    {
        project.Run(Three());
        TextStage[] again = Three();
        project.Run(again, options: new Dictionary<string, string>(TemporaryProject.DefaultOptions) { ["dsm"] = "false", ["crop"] = "3.0" });
        Assert.All(again, stage => Assert.Empty(stage.Executed));
    }

    [Fact]
    public void Going_back_to_earlier_options_finds_the_earlier_units_and_writes_the_file_again()
    {
        project.Run(Three());
        string first = project.Artefact("c");
        project.Run(Three(), options: new Dictionary<string, string>(TemporaryProject.DefaultOptions) { ["quality"] = "\"low\"" });
        TextStage[] again = Three();
        project.Run(again);
        Assert.Empty(again[2].Executed);
        Assert.Equal(1, again[2].Reductions);
        Assert.Equal(first, project.Artefact("c"));
    }

    [Fact]
    public void A_new_code_version_recomputes_the_stage_and_those_after_it()
    {
        project.Run(Three());
        TextStage[] again = [new("a", null, 4, "crop"), new("b", "a", 4) { CodeVersion = 2 }, new("c", "b", 4, "quality")];
        project.Run(again);
        Assert.Empty(again[0].Executed);
        Assert.Equal(4, again[1].Executed.Count);
        Assert.Equal(4, again[2].Executed.Count);
    }

    [Fact]
    public void A_stage_that_is_asked_for_again_is_computed_again()
    {
        project.Run(Three());
        TextStage[] again = Three();
        project.Run(again, recompute: new HashSet<string> { "b", "c" });
        Assert.Empty(again[0].Executed);
        Assert.Equal(4, again[1].Executed.Count);
        Assert.Equal(1, again[2].Reductions);
    }

    [Fact]
    public void A_lost_or_changed_file_is_delivered_again_from_the_units()
    {
        project.Run(Three());
        string expected = project.Artefact("b");
        File.WriteAllText(Path.Combine(project.Folder, "out", "b.txt"), expected.ToUpperInvariant());
        File.Delete(Path.Combine(project.Folder, "out", "c.txt"));
        TextStage[] again = Three();
        project.Run(again);
        Assert.All(again, stage => Assert.Empty(stage.Executed));
        Assert.Equal([0, 1, 1], again.Select(stage => stage.Reductions));
        Assert.Equal(expected, project.Artefact("b"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    [InlineData(-200)]
    public void A_damaged_checkpoint_is_set_aside_told_and_computed_again(int position)
    {
        project.Run(Three());
        string expected = project.Artefact("c");
        string victim = project.CheckpointsOf("b")[1];
        byte[] bytes = File.ReadAllBytes(victim);
        bytes[position < 0 ? bytes.Length + position : position] ^= 0x10;
        File.WriteAllBytes(victim, bytes);

        TextStage[] again = Three();
        var listener = new Listener();
        project.Run(again, listener);
        Assert.Equal(expected, project.Artefact("c"));
        Assert.InRange(again[1].Executed.Count, 0, 1);
        Assert.Equal(1, again[1].Reductions);
        Assert.Empty(again[2].Executed);
        Assert.Contains(listener.Warnings, text => text.Contains(victim, StringComparison.Ordinal));
        Assert.True(File.Exists(victim + ".damaged"));
        Assert.True(File.Exists(victim));
    }

    [Fact]
    public void A_checkpoint_cut_short_or_of_another_unit_is_computed_again()
    {
        project.Run(Three());
        string expected = project.Artefact("c");
        IReadOnlyList<string> files = project.CheckpointsOf("a");
        File.WriteAllBytes(files[0], File.ReadAllBytes(files[0])[..10]);
        File.Copy(files[2], files[1], overwrite: true);
        var listener = new Listener();
        project.Run(Three(), listener);
        Assert.Equal(2, listener.Warnings.Count(text => text.Contains("damaged", StringComparison.Ordinal)));
        Assert.Equal(expected, project.Artefact("c"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_cut_off_at_any_change_on_disk_and_resumed_gives_the_same(int parallelism)
    {
        using var whole = new TemporaryProject();
        whole.Run(Three());
        string expected = whole.Artefact("c");
        IReadOnlyList<(string Name, string Text)> parts = whole.Parts("c");
        int cut = 0;
        for (bool finished = false; !finished; cut++)
        {
            using var broken = new TemporaryProject();
            var files = new FailingFiles(cut, () => new PowerCutException());
            var before = Three();
            try
            {
                broken.Run(before, parallelism: parallelism, files: files);
                finished = true;
            }
            catch (PowerCutException)
            {
                TextStage[] after = Three();
                broken.Run(after, parallelism: parallelism);
                Assert.Empty(Directory.GetFiles(broken.Folder, "*.partial", SearchOption.AllDirectories));
                // At most the units that were under way are done twice.
                Assert.InRange(before.Sum(s => s.Executed.Count) + after.Sum(s => s.Executed.Count), 12, 12 + parallelism);
            }

            Assert.Equal(expected, broken.Artefact("c"));
            Assert.Equal(parts, broken.Parts("c"));
        }

        Assert.True(cut > 60, $"only {cut} places to cut were found");
    }

    [Fact]
    public void A_full_disk_ends_in_a_storage_failure_and_the_next_run_finishes()
    {
        var files = new FailingFiles(25, () => new IOException("No space left on device"));
        OdmException failure = Assert.Throws<OdmException>(() => project.Run(Three(), files: files));
        Assert.Equal(ErrorKind.Storage, failure.Kind);
        Assert.Contains("No space left", failure.Message, StringComparison.Ordinal);
        project.Run(Three());
        Assert.NotEmpty(project.Artefact("c"));
    }

    [Fact]
    public void The_checkpoints_are_the_same_for_any_number_of_threads()
    {
        project.Run(Three(), parallelism: 1);
        using var other = new TemporaryProject();
        other.Run(Three(), parallelism: 7);
        foreach (string stage in (string[])["a", "b", "c"])
        {
            Assert.Equal(
                project.CheckpointsOf(stage).Select(Path.GetFileName),
                other.CheckpointsOf(stage).Select(Path.GetFileName));
        }

        Assert.Equal(project.Artefact("c"), other.Artefact("c"));
    }

    [Fact]
    public void A_cancelled_run_ends_with_the_callers_token_and_keeps_what_was_finished()
    {
        using var source = new CancellationTokenSource();
        var stage = new TextStage("a", null, 20, "crop")
        {
            OnExecute = (unit, token) =>
            {
                if (unit.Name == "u9")
                {
                    source.Cancel();
                    token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }
            },
        };
        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() => project.Run([stage], parallelism: 1, cancellationToken: source.Token));
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(9, project.CheckpointsOf("a").Count);
        Assert.Equal(10, stage.Executed.Count);

        var again = new TextStage("a", null, 20, "crop");
        project.Run([again]);
        Assert.Equal(11, again.Executed.Count);
    }

    [Fact]
    public void A_failing_unit_ends_the_run_with_its_own_failure()
    {
        var stage = new TextStage("a", null, 20, "crop")
        {
            OnExecute = (unit, _) =>
            {
                if (unit.Name == "u5")
                {
                    throw new OdmException(ErrorKind.BadInput, "u5 is bad");
                }
            },
        };
        OdmException failure = Assert.Throws<OdmException>(() => project.Run([stage], parallelism: 3));
        Assert.Equal("u5 is bad", failure.Message);
    }

    [Theory]
    [InlineData(4, 100, 30, 3)]
    [InlineData(4, 100, 60, 1)]
    [InlineData(4, 100, 500, 1)]
    [InlineData(2, 100, 10, 2)]
    public void Units_run_together_only_as_far_as_cores_and_memory_admit(int cores, long budget, long need, int most)
    {
        int running = 0;
        int highest = 0;
        var stage = new TextStage("a", null, 12, "crop")
        {
            MemoryBytes = need,
            OnExecute = (_, _) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref highest, now);
                Thread.Sleep(5);
                Interlocked.Decrement(ref running);
            },
        };
        project.Run([stage], parallelism: cores, memory: budget);
        Assert.Equal(12, stage.Executed.Count);
        Assert.InRange(highest, 1, most);
    }

    [Fact]
    public void Progress_rises_from_zero_to_one_and_never_falls()
    {
        var listener = new Listener();
        project.Run(Three(), listener);
        double[] fractions = [.. listener.Progresses.Select(progress => progress.Fraction)];
        Assert.Equal(0, fractions[0]);
        Assert.Equal(1, fractions[^1], 12);
        Assert.Equal(fractions.Order(), fractions);
        Assert.All(listener.Progresses, progress => Assert.Equal(0, progress.KeptFraction));
        Assert.Equal([0, 1, 2, 3, 4], listener.Progresses.Where(p => p.Stage == "b").Select(p => p.UnitsDone).Distinct());
        Assert.Equal(4, listener.Results["c"].Computed);
    }

    [Fact]
    public void What_is_kept_from_before_does_not_count_as_speed_of_this_run()
    {
        project.Run(Three());
        var listener = new Listener();
        project.Run(Three(), listener);
        Assert.All(listener.Progresses, progress => Assert.Equal(progress.UnitsPlanned, progress.UnitsDone));
        Assert.Equal(1, listener.Progresses[^1].KeptFraction, 12);
    }

    [Fact]
    public void A_stage_cannot_read_an_option_that_it_does_not_declare()
    {
        var view = new OptionView(["crop"], [], TemporaryProject.DefaultOptions);
        Assert.Equal(3, view.Number("crop"));
        Assert.Throws<InvalidOperationException>(() => view.Text("quality"));
    }

    [Fact]
    public void An_option_read_only_to_plan_is_in_no_key()
    {
        var view = new OptionView(["quality"], ["crop"], TemporaryProject.DefaultOptions);
        Assert.Equal(3, view.Number("crop"));
        Assert.DoesNotContain("crop", view.Canonical, StringComparison.Ordinal);
        Assert.Contains("quality", view.Canonical, StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_budget_is_a_share_of_what_is_free()
    {
        long available = MemoryBudget.AvailableBytes();
        Assert.InRange(available, 1 << 20, MemoryBudget.TotalBytes());
        Assert.InRange(MemoryBudget.PeakResidentBytes(), 1 << 20, MemoryBudget.TotalBytes());
        Assert.InRange(MemoryBudget.Measure(0.5), 1 << 19, MemoryBudget.TotalBytes() / 2);
    }

    private static TextStage[] Three() =>
        [new TextStage("a", null, 4, "crop"), new TextStage("b", "a", 4), new TextStage("c", "b", 4, "quality")];

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }

    private sealed class PowerCutException : Exception;
}
