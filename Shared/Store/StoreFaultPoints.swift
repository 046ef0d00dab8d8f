public import Runtime

/// The store's named places for the crash suite.
public enum StoreFaultPoints {
    /// Everything is written, nothing is on disk.
    public static let beforeCommit = FaultPoint("store.before-commit")
    /// On disk, and nobody has been told.
    public static let afterCommit = FaultPoint("store.after-commit")
    /// All of them.
    public static let all = [beforeCommit, afterCommit]
}
