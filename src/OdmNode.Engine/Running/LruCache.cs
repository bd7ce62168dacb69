namespace OdmNode.Engine.Running;

/// <summary>
/// Keeps what is costly to load, up to a number of bytes; what was not used for longest goes first. Each thing is loaded
/// once, also when several threads ask for it at the same time.
/// </summary>
public sealed class LruCache<T>
    where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();
    private readonly long capacityBytes;
    private long usedBytes;

    /// <param name="capacityBytes">The last thing used is kept even when it alone is larger.</param>
    public LruCache(long capacityBytes) => this.capacityBytes = capacityBytes;

    /// <param name="key">Names the thing.</param>
    /// <param name="bytes">Its size in memory.</param>
    /// <param name="load">Loads it; a failure is not kept.</param>
    public T Get(string key, long bytes, Func<T> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        Entry entry;
        lock (gate)
        {
            if (entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                byUse.Remove(node);
            }
            else
            {
                node = new LinkedListNode<Entry>(new Entry(key, bytes));
                entries[key] = node;
                usedBytes += bytes;
            }

            byUse.AddFirst(node);
            entry = node.Value;
            while (usedBytes > capacityBytes && byUse.Last is { } last && last != node)
            {
                Remove(last);
            }
        }

        lock (entry)
        {
            if (entry.Value is { } value)
            {
                return value;
            }

            try
            {
                entry.Value = load();
                return entry.Value;
            }
            catch
            {
                lock (gate)
                {
                    if (entries.TryGetValue(key, out LinkedListNode<Entry>? node) && node.Value == entry)
                    {
                        Remove(node);
                    }
                }

                throw;
            }
        }
    }

    /// <summary>What is kept, waiting for it where it is being loaded; null where there is nothing, or loading failed.</summary>
    public T? Find(string key)
    {
        Entry entry;
        lock (gate)
        {
            if (!entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            entry = node.Value;
        }

        lock (entry)
        {
            return entry.Value;
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
            byUse.Clear();
            usedBytes = 0;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        entries.Remove(node.Value.Key);
        usedBytes -= node.Value.Bytes;
    }

    private sealed class Entry(string key, long bytes)
    {
        public string Key { get; } = key;

        public long Bytes { get; } = bytes;

        public T? Value { get; set; }
    }
}
