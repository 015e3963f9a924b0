package dev.rolewright.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A line to a PostgreSQL server that can be cut, or swallow what is sent over it as a firewall does, or be slow.
public final class Line implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://)([^:/]+):(\\d+)(/.*)");

    private enum State {
        OPEN,
        /// Nothing arrives any more, and nobody is told.
        SWALLOWING,
        /// Nobody listens at the other end.
        CUT
    }

    private final ServerSocket door;
    private final String url;
    /// Our end of a connection to the server, by the client's end.
    private final Map<Socket, Socket> connections = new ConcurrentHashMap<>();
    private volatile int server;
    private volatile State state = State.OPEN;
    private volatile long delay;

    private Line(String url) throws IOException {
        this.url = url;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = Integer.parseInt(part(3));
        Thread.ofVirtual().start(this::admit);
    }

    /// @param url a JDBC URL that names a port
    public static Line to(String url) throws IOException {
        return new Line(url);
    }

    /// The JDBC URL over this line.
    public String url() {
        return part(1) + "127.0.0.1:" + door.getLocalPort() + part(4);
    }

    /// The server is somewhere else from now on.
    void leadTo(String elsewhere) {
        server = Integer.parseInt(Line.part(elsewhere, 3));
    }

    /// The ports from which the server sees the connections come.
    Set<Integer> ports() {
        return connections.values().stream().map(Socket::getLocalPort).collect(Collectors.toSet());
    }

    public void cut() {
        state = State.CUT;
        drop();
    }

    public void swallow() {
        state = State.SWALLOWING;
    }

    /// Each piece of what is sent arrives so much later.
    void delay(long millis) {
        delay = millis;
    }

    /// Connections whose bytes were swallowed are no good any more, and are ended.
    public void mend() {
        drop();
        state = State.OPEN;
    }

    @Override
    public void close() throws IOException {
        state = State.CUT;
        door.close();
        drop();
    }

    private void drop() {
        connections.forEach((client, there) -> {
            close(client);
            close(there);
        });
    }

    private void admit() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                if (state == State.CUT) {
                    client.setSoLinger(true, 0);
                    client.close();
                    continue;
                }
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            there.setTcpNoDelay(true);
            connections.put(client, there);
            Thread.ofVirtual().start(() -> pump(client, there, client));
            pump(there, client, client);
        } catch (IOException _) {
            close(client); // nobody listens there
        }
    }

    private void pump(Socket from, Socket to, Socket client) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[1 << 16];
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                if (delay > 0) {
                    Thread.sleep(delay);
                }
                if (state == State.OPEN) {
                    out.write(piece, 0, size);
                    out.flush();
                }
            }
            if (state == State.SWALLOWING) {
                return; // an end is not told either
            }
        } catch (IOException _) {
            // One end is gone, and so is the other.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        connections.remove(client);
        close(from);
        close(to);
    }

    private String part(int group) {
        return part(url, group);
    }

    private static String part(String url, int group) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(url);
        }
        return matcher.group(group);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is no good either way.
        }
    }
}
