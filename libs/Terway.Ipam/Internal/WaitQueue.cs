namespace Terway.Ipam.Internal;

/// <summary>The requests that wait, first come first served. All requests wait equally long, so the first one's deadline is the earliest.</summary>
internal sealed class WaitQueue
{
    private readonly LinkedList<Waiter> _queue = new();
    private readonly Dictionary<AttachmentKey, int> _attachments = [];

    public int Count => _queue.Count;

    /// <summary>Attachments that wait; one may wait in several calls.</summary>
    public int Attachments => _attachments.Count;

    public Waiter? First => _queue.First?.Value;

    public IEnumerable<Waiter> All => _queue;

    public bool IsWaiting(AttachmentKey attachment) => _attachments.ContainsKey(attachment);

    public void Add(Waiter waiter)
    {
        waiter.Place = _queue.AddLast(waiter);
        _attachments[waiter.Request.Attachment] = _attachments.GetValueOrDefault(waiter.Request.Attachment) + 1;
    }

    /// <summary>Takes a waiter out; false when it was taken out before, and someone else answers it.</summary>
    public bool Remove(Waiter waiter)
    {
        if (waiter.Place is not { } place)
            return false;
        _queue.Remove(place);
        waiter.Place = null;
        var left = _attachments[waiter.Request.Attachment] - 1;
        if (left == 0)
            _attachments.Remove(waiter.Request.Attachment);
        else
            _attachments[waiter.Request.Attachment] = left;
        return true;
    }
}
