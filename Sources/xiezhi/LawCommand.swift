import ArgumentParser
import Foundation
import ProcedureTables

/// The law's own questions, without a court: fees and time limits.
struct LawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "law", abstract: "Count a fee or a time limit, with its explanation.",
        subcommands: [Fee.self, Deadline.self])

    struct Fee: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Read {kind, input}; print fee_fen and explanation.")
        @OptionGroup var options: InputOptions
        func run() throws { try options.answer { try $0.answerFee(json: $1) } }
    }

    struct Deadline: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read {deadline, event_date}; print nominal_last_day, last_day and explanation.")
        @OptionGroup var options: InputOptions
        func run() throws { try options.answer { try $0.answerDeadline(json: $1) } }
    }
}

struct InputOptions: ParsableArguments {
    @Option(help: "A file with one JSON object, or - for standard input.")
    var input = "-"

    /// Prints the answer; a question that cannot be answered prints its problem on standard error and exits with 2.
    func answer(_ ask: (LawQuestions, Data) throws -> Data) throws {
        let question =
            input == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(fileURLWithPath: input))
        let questions = LawQuestions(tables: try LawTables.load())
        do {
            let answer = try ask(questions, question)
            FileHandle.standardOutput.write(answer + Data("\n".utf8))
        } catch let problem as LawQuestionProblem {
            FileHandle.standardError.write(problem.json + Data("\n".utf8))
            throw ExitCode(2)
        }
    }
}
