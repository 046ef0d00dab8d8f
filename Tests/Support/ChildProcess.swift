internal import CSpawn
internal import Foundation
internal import Synchronization

/// A program that runs beside the tests, and its end.
///
/// Not Foundation's `Process`: on Linux that one holds a child for alive as long as anybody has a descriptor open that
/// every child which is started at the same moment gets too, and so saw the ends of services late or never while
/// others ran. Here the kernel is asked (`waitpid`), and a child has the three descriptors that it is given. One that
/// has ended stays a zombie until it is asked for its end, or nobody refers to it any more.
public final class ChildProcess: Sendable {
    /// How a process ended.
    public enum Ending: Sendable, Equatable {
        /// By itself, with a code.
        case exited(Int32)
        /// By a signal.
        case killed(Int32)
        /// Somebody else in this process took its end away, or it was none of ours: why it can't be told (errno).
        case lost(Int32)

        /// The exit code; a signal's number, negative; beyond both where the end is lost.
        public var code: Int32 {
            switch self {
            case .exited(let code): code
            case .killed(let signal): -signal
            case .lost(let reason): 1000 + reason
            }
        }
    }

    /// Why a program could not be started.
    public struct Failure: Error, CustomStringConvertible {
        /// The program and the reason.
        public let description: String
        /// Says what it was.
        public init(description: String) { self.description = description }
    }

    /// The process, for the kernel's account of it.
    public let number: Int32
    private let state = Mutex<Ending?>(nil)

    /// Starts a program.
    /// - Parameters:
    ///   - program: its path.
    ///   - environment: the whole of it; nil for that of the tests.
    ///   - input: what it reads; nothing if there is none.
    ///   - output: where it writes; it may be closed or read from at once.
    public init(
        _ program: String, _ words: [String] = [], environment: [String: String]? = nil, directory: String? = nil,
        input: ScratchFile? = nil, output: Int32, errors: Int32
    ) throws {
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { throw Failure(description: "/dev/null can't be read: errno \(errno)") }
        defer { close(nothing) }
        let environment = environment ?? ProcessInfo.processInfo.environment
        let words = CStrings([program] + words)
        let settings = CStrings(environment.map { "\($0)=\($1)" })
        var child: pid_t = 0
        let fault = withExtendedLifetime((words, settings, input)) {
            spawn_child(
                &child, program, words.pointers, settings.pointers, directory,
                [input?.descriptor ?? nothing, output, errors])
        }
        guard fault == 0 else {
            throw Failure(description: "\(program) can't be started: \(String(cString: strerror(fault)))")
        }
        number = child
    }

    deinit {
        signal(SIGKILL)
        _ = waitForEnd()
    }

    /// How it ended; nil while it runs.
    public var ending: Ending? { state.withLock { look(&$0) } }

    /// Holds the thread until the process has ended. Others may ask and signal meanwhile.
    public func waitForEnd() -> Ending {
        while true {
            if let ending { return ending }
            var information = siginfo_t()
            // Leaves the end where it is, for whoever looks first.
            _ = waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT)
        }
    }

    /// Sends a signal, unless the process has ended.
    public func signal(_ signal: Int32) {
        state.withLock { state in
            // Until it was asked for its end, its number is nobody else's.
            if look(&state) == nil { kill(number, signal) }
        }
    }

    private func look(_ ending: inout Ending?) -> Ending? {
        guard ending == nil else { return ending }
        var status: Int32 = 0
        let found = waitpid(number, &status, WNOHANG)
        if found == 0 || found < 0 && errno == EINTR { return nil }
        let signal = status & 0x7F
        ending = found < 0 ? .lost(errno) : signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal)
        return ending
    }
}

/// A list of C's strings with its end, for as long as this lives.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        pointers = .allocate(capacity: count + 1)
        for (place, text) in texts.enumerated() { pointers[place] = strdup(text) }
        pointers[count] = nil
    }

    deinit {
        for place in 0..<count { free(pointers[place]) }
        pointers.deallocate()
    }
}
