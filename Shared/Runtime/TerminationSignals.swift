internal import Dispatch
internal import Foundation

/// SIGTERM and SIGINT as requests to finish: the first raises `stop`, the second ends the process at once.
///
/// Dispatch's sources catch the signals although librdkafka's threads don't block them (measured).
public final class TerminationSignals {
    private let sources: [any DispatchSourceSignal]

    /// Takes over the two signals for the rest of the process's life. Call once, from `main`.
    public init(raising stop: StopSignal) {
        let queue = DispatchQueue(label: "signals")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if stop.isStopping { _exit(128 + number) }
                stop.stop()
            }
            source.resume()
            return source
        }
        // A peer that closes its socket while we write must not end the process.
        signal(SIGPIPE, SIG_IGN)
    }
}
