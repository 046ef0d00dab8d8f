public import Store

/// The epoch of a store: 1 in its first life, above every earlier store's when it took the place of one (DESIGN 3.5).
public enum StoreEpoch {
    /// The epoch as it stands in the store.
    public static func read(in scope: ReadScope) throws -> Int {
        try StoreIdentity.read(in: scope)?.epoch ?? 1
    }
}
