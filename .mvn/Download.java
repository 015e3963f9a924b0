/// Downloads a URL into a file, for machines whose only tool is a JDK: `java Download.java <url> <file>`.
void main(String[] arguments) {
    try {
        var connection = URI.create(arguments[0]).toURL().openConnection();
        connection.setConnectTimeout(20_000);
        connection.setReadTimeout(60_000);
        try (var in = connection.getInputStream()) {
            Files.copy(in, Path.of(arguments[1]));
        }
    } catch (IOException e) {
        System.err.println("mvnw: " + e);
        System.exit(1);
    }
}
