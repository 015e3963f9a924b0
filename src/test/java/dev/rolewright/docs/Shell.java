package dev.rolewright.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One running `sh`, so that what a reader sets in one line is there in the next.
final class Shell implements AutoCloseable {

    private static final String END = "--end-of-output--";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    Shell(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh").redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Runs one line and gives all that it printed.
    String run(String command) throws IOException {
        in.write(command + "\necho; echo " + END + "\n");
        in.flush();
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null && !line.equals(END); line = out.readLine()) {
            printed.append(line.stripTrailing()).append('\n');
        }
        return printed.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
