internal import FHIR
internal import Foundation

/// Everything that is wrong with the files that an operator named, found in one go: file, place (RFC 6901) and rule in
/// each line, never a value. The decision is to refuse them all: nothing of them is used.
public struct FileFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// One for each fault, in the order in which they were found.
    public private(set) var lines: [String] = []

    /// Files are read whole, and nobody's reference data is a tenth as large. An object may have a member for each item
    /// of an instrument.
    private static let limits = JSONLimits(bytesMax: 16 << 20, membersMax: 1000)
    /// A file is corrected by whoever wrote it, in one go; more faults than these help nobody.
    private static let faultsOfFileMax = 500

    /// No faults so far.
    public init() {}

    /// One line each.
    public var description: String { lines.joined(separator: "\n") }

    /// Notes a fault at a place in a file.
    public mutating func add(_ file: String, at pointer: String = "#", _ rule: String) {
        lines.append("\(file)\(pointer): \(rule)".onOneLine)
    }

    /// Throws what was found.
    public func end() throws(FileFaults) {
        if !lines.isEmpty { throw self }
    }

    /// Notes what is wrong with files that are read elsewhere.
    public mutating func gather(_ read: () throws(FileFaults) -> Void) {
        do {
            try read()
        } catch {
            lines += error.lines
        }
    }

    /// The bytes of a file, of a very large one the beginning; nil when it can't be read, which is noted.
    public mutating func bytes(of path: String) -> [UInt8]? {
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { file.closeFile() }
            // One byte more than the reader takes, so that it is the reader who says how large it may be.
            return Array(try file.read(upToCount: Self.limits.bytesMax + 1) ?? Data())
        } catch {
            add(path, "can't be read" + (Self.systemReason(of: error).map { ": \($0)" } ?? ""))
            return nil
        }
    }

    /// Reads a file that holds one JSON object.
    /// - Returns: what `read` makes of it; what is wrong has been noted beside it.
    public mutating func read<Document>(_ path: String, _ read: (inout Members) -> Document?) -> Document? {
        guard let bytes = bytes(of: path) else { return nil }
        return self.read(bytes, of: path, read)
    }

    /// Reads the content of a file.
    public mutating func read<Document>(
        _ bytes: [UInt8], of path: String, _ read: (inout Members) -> Document?
    ) -> Document? {
        let json: JSONValue
        do throws(FHIRRefusal) {
            json = try JSONValue(bytes, limits: Self.limits)
        } catch {
            for issue in error.issues { add(path, issue.diagnostics) }
            return nil
        }
        let reading = DocumentReading(faultsMax: Self.faultsOfFileMax, namesUnknownMembers: true)
        let document = reading.read(json, read)
        for fault in reading.faults { add(path, at: fault.pointer, fault.rule) }
        if reading.hasMore { add(path, "has more faults than these \(Self.faultsOfFileMax)") }
        return document
    }

    /// What the operating system says; Foundation wraps it.
    private static func systemReason(of error: any Error) -> String? {
        var next: NSError? = error as NSError
        while let error = next {
            if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(error.code))) }
            next = error.userInfo[NSUnderlyingErrorKey] as? NSError
        }
        return nil
    }
}
