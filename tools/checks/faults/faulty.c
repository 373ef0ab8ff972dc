// Preload this library into a program to make its system calls fail, slow or interrupted.
//
//   FAULT_CALL    name of the call that fails: any function below
//   FAULT_AT      number of the failing call, from 1; 0 for all
//   FAULT_ERROR   error number that it reports; 0 kills the program instead
//   FAULT_MARK    file to create when it fails
//   FAULT_LOCKS   0 for a file system without locks
//   FAULT_DELAY   maximal delay before every call, in microseconds
//
// With FAULT_CALL=all, every second read, write, fsync and open is interrupted (EINTR), and reads and writes transfer
// about half of what is asked for, or 7 bytes of the last 4 KiB.

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_int count;

static int is_all(void) {
    const char *call = getenv("FAULT_CALL");
    return call && strcmp(call, "all") == 0;
}

// Waits for a random time that differs between calls and processes.
static void wait_at_random(void) {
    static atomic_uint state;
    const char *most = getenv("FAULT_DELAY");
    if (!most || atoi(most) <= 0) return;
    unsigned number = (atomic_fetch_add(&state, 1) * 2654435761u) ^ ((unsigned)getpid() * 2246822519u);
    number = (number ^ number >> 15) * 2654435761u;
    struct timespec time = {0, (number >> 8) % (unsigned)atoi(most) * 1000l};
    nanosleep(&time, 0);
}

// Returns whether this call of `name` fails, and then sets errno.
static int fails(const char *name) {
    wait_at_random();
    const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERROR");
    if (!call) return 0;
    if (is_all()) {
        if (atomic_fetch_add(&count, 1) % 2) return 0;
        errno = EINTR;
        return 1;
    }
    if (strcmp(call, name) != 0) return 0;
    int nth = at ? atoi(at) : 0;
    if (nth != 0 && atomic_fetch_add(&count, 1) + 1 != nth) return 0;
    const char *mark = getenv("FAULT_MARK");
    if (mark) syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600));
    errno = error ? atoi(error) : EIO;
    if (errno == 0) raise(SIGKILL);
    return 1;
}

static size_t shortened(size_t size) {
    if (!is_all() || size <= 7) return size;
    return size > 4096 ? size / 2 + 1 : 7;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int descriptor, void *bytes, size_t size) {
    return fails("read") ? -1 : REAL(read)(descriptor, bytes, shortened(size));
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    // Messages about the fault must get through.
    if (descriptor == STDERR_FILENO) return REAL(write)(descriptor, bytes, size);
    return fails("write") ? -1 : REAL(write)(descriptor, bytes, shortened(size));
}

int fsync(int descriptor) { return fails("fsync") ? -1 : REAL(fsync)(descriptor); }

// Signals do not interrupt the following calls.
static int fails_whole(const char *name) { return !is_all() && fails(name); }

#define WRAP(result, name, failed, parameters, arguments) \
    result name parameters { return fails_whole(#name) ? (failed) : REAL(name) arguments; }

WRAP(int, rename, -1, (const char *from, const char *to), (from, to))
WRAP(int, link, -1, (const char *from, const char *to), (from, to))
WRAP(int, unlink, -1, (const char *path), (path))
WRAP(int, rmdir, -1, (const char *path), (path))
WRAP(int, mkdir, -1, (const char *path, mode_t mode), (path, mode))
WRAP(int, stat, -1, (const char *path, struct stat *status), (path, status))
WRAP(int, lstat, -1, (const char *path, struct stat *status), (path, status))
WRAP(int, fstat, -1, (int descriptor, struct stat *status), (descriptor, status))
WRAP(int, access, -1, (const char *path, int mode), (path, mode))
WRAP(int, fchmod, -1, (int descriptor, mode_t mode), (descriptor, mode))
WRAP(int, syncfs, -1, (int descriptor), (descriptor))
WRAP(int, dup, -1, (int descriptor), (descriptor))
WRAP(int, poll, -1, (struct pollfd * set, nfds_t count, int timeout), (set, count, timeout))
WRAP(DIR *, opendir, NULL, (const char *path), (path))
WRAP(struct dirent *, readdir, NULL, (DIR * folder), (folder))

int flock(int descriptor, int operation) {
    const char *locks = getenv("FAULT_LOCKS");
    if (locks && atoi(locks) == 0) {
        errno = ENOLCK;
        return -1;
    }
    return fails_whole("flock") ? -1 : REAL(flock)(descriptor, operation);
}

// The system closes a file even when it reports an error.
int close(int descriptor) {
    int failed = fails_whole("close"), reason = errno, result = REAL(close)(descriptor);
    if (!failed) return result;
    errno = reason;
    return -1;
}

static int open_file(const char *path, int flags, mode_t mode) {
    return fails("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return open_file(path, flags, mode);
}
