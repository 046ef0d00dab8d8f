import Events
import Foundation
import Support

/// The bare loop in C, which lies beside this program.
enum BareLoop {
    private struct Printed: Decodable { let records: Int, cpuSeconds: Double }

    /// How much of scoring's work a loop does: all of it, or reading, keeping and publishing bytes.
    enum Way: String { case work, bare }

    /// CPU seconds of one record.
    /// - Parameter database: a store of scoring's tables that nobody has open.
    static func measure(
        _ way: Way, servers: String, database: String, records: Int, warm: Int, children: Int
    ) throws -> Double {
        let data = try output(of: [
            way.rawValue, servers, Topic.answers.name(), "bare-loop.outcomes", String(Catalogue.childPartitions),
            String(records), database, String(warm), String(children),
        ])
        let printed = try JSONDecoder().decode(Printed.self, from: data)
        return printed.cpuSeconds / Double(printed.records)
    }

    /// CPU seconds of reading one kept form with its outcome, in the order of the course.
    static func readCourse(of database: String, records: Int) throws -> Double {
        let printed = try JSONDecoder().decode(Printed.self, from: try output(of: ["course", database]))
        guard printed.records == records else { Benchmark.fail("bare-loop read \(printed.records) of \(records)") }
        return printed.cpuSeconds / Double(records)
    }

    /// CPU seconds of scoring one form.
    static func scoreOften(times: Int) throws -> Double {
        let printed = try JSONDecoder().decode(Printed.self, from: try output(of: ["score", String(times)]))
        return printed.cpuSeconds / Double(times)
    }

    /// Runs SQL on the store of a service that doesn't run.
    static func run(_ sql: String, on database: String) throws {
        _ = try output(of: ["sql", database], input: sql)
    }

    private static func output(of arguments: [String], input: String = "") throws -> Data {
        let finished = try FinishedProgram(FinishedProgram.built("bare-loop"), arguments, input: input)
        guard finished.code == 0 else { Benchmark.fail("bare-loop \(arguments) failed: \(finished.errors)") }
        return Data(finished.output.utf8)
    }
}
