package dev.rolewright.web.hr;

import dev.rolewright.web.StrictJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// JSON Lines: an object in each line, without those that are blank.
final class JsonLines extends FeedBody {

    private static final int END = -1;

    private final BufferedInputStream in;
    private int line;

    JsonLines(InputStream bytes) throws IOException {
        in = ByteOrderMark.skip(new BufferedInputStream(bytes, StrictJson.LARGEST));
    }

    @Override
    @Nullable
    Row read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int read = in.read();
        while (read != END) {
            long length = 0;
            line++;
            for (; read != '\n' && read != END; read = in.read()) {
                if (++length <= StrictJson.LARGEST) {
                    bytes.write(read);
                }
            }
            if (length > StrictJson.LARGEST) {
                return new Row.Broken(line, "The row has more than " + StrictJson.LARGEST + " bytes.");
            }
            byte[] row = bytes.toByteArray();
            if (!isBlank(row)) {
                return row(row);
            }
            bytes.reset();
            read = in.read();
        }
        return null;
    }

    private static boolean isBlank(byte[] row) {
        for (byte each : row) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    private Row row(byte[] row) {
        try {
            return new Row.Read(line, StrictJson.object(row));
        } catch (StrictJson.Unsound unsound) {
            return new Row.Broken(
                    line, "The row is not a sound JSON object: one object, no name twice, nothing nested deep.");
        }
    }
}
