package dev.rolewright.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A push that arrives in two halves, so that it is under way for as long as a test wants.
final class Asking implements AutoCloseable {

    private final Socket socket;
    private final byte[] body;

    Asking(int port, String person) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        body = person.getBytes(StandardCharsets.UTF_8);
    }

    static String newPerson(String name) {
        return """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s@fleet.example"}""".formatted(name);
    }

    void begin() throws IOException {
        send(("POST /scim/v2/Users HTTP/1.1\r\nHost: fleet\r\nAuthorization: Bearer " + Fleet.SCIM
                        + "\r\nContent-Type: application/scim+json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body, 0, 10);
        socket.getOutputStream().flush();
    }

    void end() throws IOException {
        socket.getOutputStream().write(body, 10, body.length - 10);
        socket.getOutputStream().flush();
    }

    int status() throws IOException {
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 201".length());
        return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
    }

    private void send(byte[] head) throws IOException {
        socket.getOutputStream().write(head);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
