import Procedure

/// What is to be done, and how far each thing is.
package struct TaskList: Sendable {
    package enum State: Sendable {
        case notStarted
        case inProgress
        case done
        /// The court is at work; nothing to do.
        case waiting
        /// Something else comes first.
        case blocked

        var words: Words {
            switch self {
            case .notStarted: Words("未开始", "Not started")
            case .inProgress: Words("进行中", "In progress")
            case .done: Words("已完成", "Done")
            case .waiting: Words("等待法院处理", "Waiting for the court")
            case .blocked: Words("尚不能开始", "Cannot start yet")
            }
        }

        var name: String {
            switch self {
            case .notStarted: "not-started"
            case .inProgress: "in-progress"
            case .done: "done"
            case .waiting: "waiting"
            case .blocked: "blocked"
            }
        }
    }

    package struct Task: Sendable {
        package let title: Words
        package let hint: HTML?
        /// Nil where there is nothing to open.
        package let path: String?
        package let state: State

        package init(_ title: Words, hint: HTML? = nil, path: String?, state: State) {
            self.title = title
            self.hint = hint
            self.path = path
            self.state = state
        }
    }

    package let tasks: [Task]

    package init(_ tasks: [Task]) { self.tasks = tasks }

    package func html(_ voice: Voice) -> HTML {
        """
        <ol class="tasks">\(tasks.enumerated().map { index, task in
            let title: HTML =
                if let path = task.path, task.state != .blocked {
                    "<a href=\"\(path)\" aria-describedby=\"task-\(index)\">\(voice(task.title))</a>"
                } else {
                    "<span>\(voice(task.title))</span>"
                }
            return """
                <li class="\(task.state.name)"><div>\(title)\(task.hint.map { "<p class=\"hint\">\($0)</p>" })</div>\
                <span class="state" id="task-\(index)">\(voice(task.state.words))</span></li>

                """
        } as [HTML])</ol>

        """
    }
}

/// Where a matter stands on its way, from first to last.
package struct Phases: Sendable {
    package let phases: [Words]
    /// Index of the present one; past the end when all is done.
    package let current: Int

    package init(_ phases: [Words], current: Int) {
        self.phases = phases
        self.current = current
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <ol class="phases" aria-label="\(voice("案件进度", "Progress of the case"))">\(phases.enumerated().map { index, phase in
            let done = index < current
            return """
                <li class="\(done ? "past" : index == current ? "present" : "coming")"\(attribute: "aria-current", index == current ? "step" : nil)>\
                <span>\(voice(phase))\(done ? "<span class=\"unseen\"> \(voice("（已完成）", "(done)"))</span>" : nil)</span></li>
                """
        } as [HTML])</ol>

        """
    }
}
