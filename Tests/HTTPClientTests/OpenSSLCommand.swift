import Foundation

/// One run of the `openssl` command.
struct OpenSSLCommand {
    static let executable = "/usr/bin/openssl"

    struct Failed: Error {
        let what: String
        let code: Int32
    }

    let process: pid_t
    /// The command's standard output.
    let output: Int32

    init(_ arguments: [String], in directory: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failed(what: "pipe", code: errno) }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // `env` changes the directory and becomes the command.
        var words = (["env", "-C", directory, Self.executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, "/usr/bin/env", &actions, nil, &words, environ)
        guard code == 0 else { throw Failed(what: "posix_spawn", code: code) }
        self.process = process
        output = ends[0]
    }

    /// Waits for the end, which must be a success.
    func finish() throws {
        defer { close(output) }
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process, status == 0 else {
            throw Failed(what: "openssl", code: status)
        }
    }

    /// The port that a server says it listens on: `ACCEPT 127.0.0.1:` and the number.
    func port() throws -> Int {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { throw Failed(what: "s_server ended", code: errno) }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            guard let line = lines.first(where: { $0.hasPrefix("ACCEPT") }) else { continue }
            guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else {
                throw Failed(what: "s_server says no port", code: 0)
            }
            return port
        }
    }
}
