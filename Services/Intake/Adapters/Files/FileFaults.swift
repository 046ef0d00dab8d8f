internal import Delivery
internal import Documents
internal import FHIR
internal import Foundation

/// Everything that is wrong with the files of reference data, found in one go: file, place and rule in each line.
struct FileFaults {
    private(set) var lines: [String] = []

    mutating func add(_ file: String, _ faults: [DocumentFault]) {
        lines += faults.map { "\(file)\($0.pointer): \($0.rule)" }
    }

    mutating func add(_ file: String, at pointer: String = "#", _ rule: String) {
        lines.append("\(file)\(pointer): \(rule)")
    }

    /// Throws what was found; the process ends with EX_CONFIG.
    func end() throws(ServiceFault) {
        if !lines.isEmpty { throw ServiceFault(description: lines.joined(separator: "\n"), exitCode: 78) }
    }

    /// A file as JSON; nil after noting why not.
    mutating func json(of path: String) -> JSONValue? {
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            add(path, "can't be read")
            return nil
        }
        do throws(FHIRRefusal) {
            return try JSONValue(bytes)
        } catch {
            for issue in error.issues { add(path, issue.diagnostics) }
            return nil
        }
    }
}
