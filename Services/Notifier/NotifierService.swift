@main
struct NotifierService {
    static func main() {}
}
