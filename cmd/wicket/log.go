package main

import (
	"io"
	"log/slog"

	"gopkg.in/natefinch/lumberjack.v2"
)

// openLog returns the log of the house at path: JSON lines in a file beside it,
// three old ones kept. Nothing is ever logged to the screen. The file is made
// with the first line.
func openLog(path string) (*slog.Logger, io.Closer) {
	file := &lumberjack.Logger{Filename: path + ".log", MaxSize: 10, MaxBackups: 3}
	return slog.New(slog.NewJSONHandler(file, &slog.HandlerOptions{Level: slog.LevelInfo})), file
}
