import Foundation
import Support
import Testing

/// What every test that starts a program stands on.
@Suite("A child process")
struct ChildProcessTests {
    private func shell(_ script: String, input: String = "") throws -> FinishedProgram {
        try FinishedProgram("/bin/sh", ["-c", script], input: input)
    }

    @Test("reads what it is given, and what it writes is told apart")
    func streams() throws {
        let finished = try shell("cat; echo wrong >&2; exit 7", input: String(repeating: "å", count: 100_000))
        #expect(finished.code == 7 && finished.errors == "wrong\n")
        #expect(finished.output == String(repeating: "å", count: 100_000))
    }

    @Test("ended by a signal has that signal, negative, for its code")
    func killed() throws {
        #expect(try shell("kill -TERM $$").code == -SIGTERM)
    }

    @Test("has three descriptors, an empty signal mask and nothing ignored")
    func clean() throws {
        let file = try ScratchFile()
        _ = fcntl(file.descriptor, F_SETFD, 0)
        // `true`, so that the shell itself stays, and not `ls` in its place.
        #expect(try shell("ls /proc/$$/fd; true").output == "0\n1\n2\n")
        let status = try shell("grep -E '^Sig(Blk|Ign):' /proc/$$/status").output
        // glibc's posix_spawn ignores the two signals that it keeps for itself, 32 and 33.
        #expect(status == "SigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\n")
    }

    @Test("is seen to end at once, though others that were started at the same moment live on")
    func endsAreSeen() async throws {
        let output = try ScratchFile()
        try await withThrowingTaskGroup(of: (Bool, ChildProcess).self) { group in
            for number in 0..<40 {
                group.addTask {
                    let isShort = number.isMultiple(of: 2)
                    let process = try ChildProcess(
                        "/bin/sleep", [isShort ? "0.01" : "60"], output: output.descriptor, errors: output.descriptor)
                    return (isShort, process)
                }
            }
            var children: [(isShort: Bool, process: ChildProcess)] = []
            for try await child in group { children.append(child) }
            try await waitUntil { !children.contains { $0.isShort && $0.process.ending == nil } }
            for (isShort, process) in children { #expect(process.ending == (isShort ? .exited(0) : nil)) }
        }
    }

    @Test("can be ended by somebody while another waits for it; later signals go to nobody")
    func signalWhileWaiting() async throws {
        let output = try ScratchFile()
        let process = try ChildProcess("/bin/sleep", ["60"], output: output.descriptor, errors: output.descriptor)
        let ending = await withCheckedContinuation { ended in
            Thread.detachNewThread { ended.resume(returning: process.waitForEnd()) }
            process.signal(SIGTERM)
        }
        #expect(ending == .killed(SIGTERM))
        process.signal(SIGKILL)
        #expect(process.ending == .killed(SIGTERM) && process.waitForEnd() == .killed(SIGTERM))
    }

    @Test("whose end somebody else took is lost, and no success")
    func lost() throws {
        let output = try ScratchFile()
        let process = try ChildProcess("/bin/true", output: output.descriptor, errors: output.descriptor)
        #expect(waitpid(process.number, nil, 0) == process.number)
        #expect(process.waitForEnd() == .lost(ECHILD) && process.waitForEnd().code != 0)
    }

    @Test("that can't be started is a failure with its path")
    func missing() {
        let failure = #expect(throws: ChildProcess.Failure.self) { try FinishedProgram("/nowhere/at-all", []) }
        #expect(failure?.description.contains("/nowhere/at-all") == true)
    }
}
