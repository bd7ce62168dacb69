{"version":"1.7","points":12}
