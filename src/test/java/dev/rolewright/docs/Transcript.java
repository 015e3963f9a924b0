package dev.rolewright.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The `console` blocks of a page: what its reader types and what the page promises in return.
record Transcript(List<Exchange> exchanges) {

    /// One command after `$ ` and the lines printed below it; in those, `…` stands for anything.
    record Exchange(int line, String command, String promised) {

        /// Whether it waits and then changes nothing, so that whoever sees too little may do it again.
        boolean looksLater() {
            return command.matches("sleep \\d+; (curl -s|java) .*") && !command.contains(" -X ");
        }

        boolean isKept(String printed) {
            String pattern = Pattern.compile("…")
                    .splitAsStream(promised + " ")
                    .map(part -> Pattern.quote(part))
                    .collect(Collectors.joining(".*"));
            return Pattern.compile(pattern, Pattern.DOTALL)
                    .matcher(printed.strip() + " ")
                    .matches();
        }
    }

    static Transcript of(Path page) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        boolean inside = false;
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                exchanges.add(new Exchange(index + 1, line.substring(2), ""));
            } else if (inside && !exchanges.isEmpty()) {
                Exchange last = exchanges.removeLast();
                String separator = last.promised.isEmpty() ? "" : "\n";
                exchanges.add(new Exchange(last.line, last.command, last.promised + separator + line));
            }
        }
        return new Transcript(List.copyOf(exchanges));
    }
}
