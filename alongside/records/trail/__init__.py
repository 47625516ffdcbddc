"""The audit trail as a chain: whoever changes what was written shows.

Acts append entries (``records.models.append``). Each minute the tick closes the new ones into a batch (``closing``),
which is chained to the one before (``chain``); ``alongside audit verify`` follows the chain (``verifying``).

The key is made from the server's lasting key, which no rotation changes: rotating the sealing keys leaves the chain as
it is. On a server with other keys the trail cannot be verified.

What this cannot show:

- what happened within the last minute: an entry that no tick has closed yet can be changed, added or taken away by
  whoever can write to the database;
- that the *newest* batches were taken away with their entries: what is left is whole. A note on paper of the newest
  batch's number and digest (``verifying.Note``) shows it;
- what somebody did who has the server's keys: she can make the whole chain anew. A note shows that, too, for all that
  was closed before it was taken.
"""
