import Procedure
import Web

/// A long list to choose from, in groups, as the browser shows it; typing finds an entry.
struct GroupedSelect {
    struct Group {
        let name: Words
        let options: [(value: String, label: Words)]
    }

    let name: String
    let label: Words
    let hint: Words?
    let groups: [Group]

    func html(_ typed: Typed, _ voice: Voice) -> HTML {
        let error = typed.error(name)
        let chosen = typed[name]
        let described = [hint == nil ? nil : "h-\(name)", error == nil ? nil : "e-\(name)"].compactMap(\.self)
        let explained = described.isEmpty ? nil : described.joined(separator: " ")
        return """
            <div class="field\(error == nil ? "" : " wrong")"><label for="f-\(name)">\(voice(label))</label>\
            \(hint.map { "<p class=\"hint\" id=\"h-\(name)\">\(voice($0))</p>" })\
            \(error.map { "<p class=\"error\" id=\"e-\(name)\"><span class=\"unseen\">\(voice("错误：", "Error: "))</span>\(voice($0))</p>" })\
            <select id="f-\(name)" name="\(name)"\(attribute: "aria-describedby", explained)\
            \(attribute: "aria-invalid", error == nil ? nil : "true")><option value="">\(voice("请选择", "Choose"))</option>\
            \(groups.map { group in
                "<optgroup label=\"\(voice(group.name))\">\(group.options.map { "<option value=\"\($0.value)\"\(attribute: "selected", when: chosen == $0.value)>\(voice($0.label))</option>" })</optgroup>"
            })</select></div>

            """
    }
}
