import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Logs in to the demo's database and runs SQL there, for who has no psql at hand:
 *
 * <pre>java deploy/demo/Ask.java jdbc:postgresql://127.0.0.1:5432/orders ada 'select * from sales.orders'</pre>
 *
 * It prints what `psql -At` prints. Without SQL it stays logged in until the server ends the session. It knows no passwords, because the demo asks people for none, and no encryption,
 * because the demo never leaves the machine; it is no client for anything else.
 */
public class Ask {

    private static final int PROTOCOL = 3 << 16;

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("usage: java Ask.java jdbc:postgresql://HOST:PORT/DATABASE LOGIN [SQL]");
            System.exit(2);
        }
        URI server = URI.create(arguments[0].replaceFirst("^jdbc:", ""));
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            send(out, PROTOCOL, "user", arguments[1], "database", server.getPath().substring(1), "");
            boolean good = listen(in);
            if (good && arguments.length == 3) {
                out.writeByte('Q');
                send(out, null, arguments[2]);
                good = listen(in);
            } else if (good) {
                System.out.println("Logged in as " + arguments[1] + ".");
                good = listen(in);
            }
            System.exit(good ? 0 : 1);
        }
    }

    /** A message: its length, the number if there is one, and the texts, each with a zero behind it. */
    private static void send(DataOutputStream out, Integer number, String... texts) throws IOException {
        byte[] content = (String.join("\0", texts) + "\0").getBytes(UTF_8);
        out.writeInt(4 + (number == null ? 0 : 4) + content.length);
        if (number != null) {
            out.writeInt(number);
        }
        out.write(content);
        out.flush();
    }

    /** Prints what the server says until it waits for us, and tells whether it was content. */
    private static boolean listen(DataInputStream in) throws IOException {
        boolean good = true;
        while (true) {
            int kind = in.read();
            if (kind < 0) {
                return false;
            }
            byte[] content = in.readNBytes(in.readInt() - 4);
            switch (kind) {
                case 'Z':
                    return good;
                case 'D':
                    System.out.println(String.join("|", row(content)));
                    break;
                case 'E':
                    System.out.println(complaint(content));
                    good = false;
                    break;
                case 'R':
                    if (content[3] != 0) {
                        System.out.println("FATAL:  the server asks for a password");
                        return false;
                    }
                    break;
                default: // what else it tells about itself and the columns
            }
        }
    }

    private static List<String> row(byte[] content) throws IOException {
        List<String> values = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        int columns = in.readShort();
        for (int column = 0; column < columns; column++) {
            int length = in.readInt();
            values.add(length < 0 ? "" : new String(in.readNBytes(length), UTF_8));
        }
        return values;
    }

    /** Fields, each a letter and a text: S is the severity, M the message. */
    private static String complaint(byte[] content) {
        String severity = "";
        String message = "";
        for (String field : new String(content, UTF_8).split("\0")) {
            if (field.startsWith("S")) {
                severity = field.substring(1);
            } else if (field.startsWith("M")) {
                message = field.substring(1);
            }
        }
        return severity + ":  " + message;
    }
}
