internal import Foundation
internal import Support

/// A folder of families as ordinary files: one folder a family, one file a request.
///
/// QuestionnaireResponses that lie in the folder itself are somebody's own: `Adoption` makes families round them.
struct FamilyFolder: Sendable {
    let path: URL

    init(_ path: String) { self.path = URL(filePath: path, directoryHint: .isDirectory) }

    /// Reads all families, sorted by name.
    /// - Parameter registry: where children of somebody's own documents are listed.
    func read(_ registry: Registry) throws -> [Family] {
        var families: [Family] = []
        var own: [Adoption.Document] = []
        for entry in try entries(of: path) {
            let name = entry.lastPathComponent
            if entry.hasDirectoryPath {
                let steps = try entries(of: entry).filter { $0.pathExtension == "json" }.map { file in
                    try Step(file: file, place: "\(name)/\(file.lastPathComponent)")
                }
                if !steps.isEmpty { families.append(Family(name: name, steps: steps)) }
            } else if entry.pathExtension == "json" {
                own.append(Adoption.Document(name: name, json: try Step.document(entry, place: name)))
            }
        }
        families += try Adoption(documents: own, registry: registry).families()
        guard !families.isEmpty else {
            throw Step.Fault(description: "\(path.path) holds neither folders of families nor QuestionnaireResponses")
        }
        return families
    }

    /// Writes the families as files. The folder is made; files of the same name are replaced.
    func write(_ families: [Family]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        for family in families {
            let folder = path.appending(path: family.name, directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, step) in family.steps.enumerated() {
                let number = index + 1 < 10 ? "0\(index + 1)" : "\(index + 1)"
                let target = step.target.map { "@\($0)" } ?? ""
                let file = folder.appending(path: "\(number)-\(step.kind.rawValue)\(target).json")
                try encoder.encode(step.document).write(to: file)
            }
        }
    }

    private func entries(of folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
