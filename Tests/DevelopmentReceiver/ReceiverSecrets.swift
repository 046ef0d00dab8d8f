/// The secrets by municipality, read from a file of lines `<municipality> whsec_…`. A municipality may have several
/// lines while its secret is changed; empty lines and those that begin with `#` are passed over.
struct ReceiverSecrets: Sendable {
    struct Fault: Error, CustomStringConvertible {
        let line: Int
        var description: String { "line \(line) of the secrets isn't a municipality, a space and a whsec_ secret" }
    }

    private(set) var byMunicipality: [String: [WebhookSecret]] = [:]

    init(text: String) throws(Fault) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count == 2, let secret = WebhookSecret(text: String(words[1])) else {
                throw Fault(line: index + 1)
            }
            byMunicipality[String(words[0]), default: []].append(secret)
        }
    }
}
