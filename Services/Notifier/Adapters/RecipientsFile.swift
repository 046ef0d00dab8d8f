internal import Foundation

/// Reads the file that names the recipients' systems: where each listens, and the secrets to sign with.
///
/// A JSON array of `{"recipient", "url", "secret" or "secretFile"}`. A secret file has a `whsec_…` a line, the newest
/// first; a relative path begins beside the recipients file. Other members are faults.
struct RecipientsFile {
    /// One line for each fault: the entry by its place, and the rule. Never an address or a secret.
    private(set) var faults: [String] = []
    private(set) var endpoints: [String: Endpoint] = [:]

    private static let members: Set<String> = ["recipient", "url", "secret", "secretFile"]
    private static let secretsMax = 4
    private let directory: String
    private let schemes: Set<String>

    /// - Parameter allowsPlain: whether plain HTTP will do, as on a developer's machine.
    init(path: String, allowsPlain: Bool) {
        directory = (path as NSString).deletingLastPathComponent
        schemes = allowsPlain ? ["http", "https"] : ["https"]
        do {
            read(try Data(contentsOf: URL(filePath: path)))
        } catch {
            faults.append("names a file that can't be read")
        }
    }

    private mutating func read(_ json: Data) {
        guard let entries = (try? JSONSerialization.jsonObject(with: json)) as? [Any] else {
            faults.append("names a file that is not a JSON array")
            return
        }
        for (index, entry) in entries.enumerated() {
            let place = "entry \(index + 1)"
            guard let members = entry as? [String: Any] else {
                faults.append("\(place) is not an object")
                continue
            }
            read(members, at: place)
        }
    }

    private mutating func read(_ members: [String: Any], at place: String) {
        if members.keys.contains(where: { !Self.members.contains($0) }) {
            faults.append("\(place) has a member that is not one of \(Self.members.sorted().joined(separator: ", "))")
        }
        guard let recipient = members["recipient"] as? String, !recipient.isEmpty else {
            faults.append("\(place) needs a recipient")
            return
        }
        let url = members["url"] as? String
        if !(url.map(isUsable) ?? false) {
            faults.append("\(place) needs a url of \(schemes.sorted().joined(separator: " or ")), without user")
        }
        let secrets = secrets(of: members, at: place)
        if endpoints[recipient] != nil { faults.append("\(place) has the recipient of an earlier entry") }
        endpoints[recipient] = Endpoint(url: url ?? "", secrets: secrets)
    }

    private func isUsable(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host else {
            return false
        }
        return schemes.contains(scheme) && !host.isEmpty && parts.user == nil && parts.password == nil
    }

    private mutating func secrets(of members: [String: Any], at place: String) -> [WebhookSecret] {
        let text: String
        switch (members["secret"] as? String, members["secretFile"] as? String) {
        case (let secret?, nil): text = secret
        case (nil, let file?):
            do {
                text = try String(contentsOfFile: file.hasPrefix("/") ? file : "\(directory)/\(file)", encoding: .utf8)
            } catch {
                faults.append("\(place) has a secretFile that can't be read")
                return []
            }
        default:
            faults.append("\(place) needs either secret or secretFile")
            return []
        }
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        let secrets = lines.compactMap { WebhookSecret(String($0)) }
        guard (1...Self.secretsMax).contains(lines.count), secrets.count == lines.count else {
            faults.append("\(place) needs 1 to \(Self.secretsMax) secrets: whsec_ and 24 to 64 bytes in base64")
            return []
        }
        return secrets
    }
}
