internal import Documents
internal import FHIR
internal import HTTPServer

extension DocumentReading {
    /// Reads the body of a request.
    /// - Throws: 400 with every fault.
    static func body<Document>(
        _ bytes: [UInt8], _ read: (inout Members) -> Document?
    ) throws(Problem) -> (document: Document, json: JSONValue) {
        let json: JSONValue
        do throws(FHIRRefusal) {
            json = try JSONValue(bytes)
        } catch {
            let detail = error.issues.first?.diagnostics ?? "The body isn't JSON."
            throw Problem(
                status: error.httpStatus, detail: "The body can't be read.", errors: [Problem.Fault(detail, at: "#")])
        }
        let reading = DocumentReading()
        let document = reading.read(json, read)
        guard reading.faults.isEmpty, let document else {
            throw .badRequest(
                "The body isn't the document that is taken here.",
                errors: reading.faults.map { Problem.Fault($0.rule, at: $0.pointer) })
        }
        return (document, json)
    }
}
