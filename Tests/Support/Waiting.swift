/// The condition that a test waited for didn't come.
public struct WaitedInVain: Error {
    /// Told by who waited.
    public init() {}
}

/// Waits until `condition` holds, asking it every millisecond.
/// - Throws: `WaitedInVain` after `longest`; what the condition throws.
public func waitUntil(
    within longest: Duration = .seconds(20), _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + longest
    while !(try await condition()) {
        guard clock.now < end else { throw WaitedInVain() }
        try await Task.sleep(for: .milliseconds(1))
    }
}
