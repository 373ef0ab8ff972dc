// Preloaded into a program, lets one of its system calls fail, or all of them be interrupted and cut short.
//
//   FAULT_CALL    the call's name: open, read, write, fsync, rename, mkdir
//   FAULT_AT      which one of these calls fails: 1 is the first
//   FAULT_ERROR   the error number that it reports; 0 to kill the program instead
//   FAULT_MARK    a file that is made when it fails
//
// With FAULT_CALL=all every second read, write, fsync and open is interrupted (EINTR), and reads and writes move at
// most 7 bytes.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int count;

static int is_all(void) {
    const char *call = getenv("FAULT_CALL");
    return call && strcmp(call, "all") == 0;
}

// Whether this call of `name` is to fail; then errno is set.
static int fails(const char *name) {
    const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERROR");
    if (!call) return 0;
    if (is_all()) {
        if (atomic_fetch_add(&count, 1) % 2) return 0;
        errno = EINTR;
        return 1;
    }
    if (strcmp(call, name) != 0 || atomic_fetch_add(&count, 1) + 1 != (at ? atoi(at) : 0)) return 0;
    const char *mark = getenv("FAULT_MARK");
    if (mark) syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600));
    errno = error ? atoi(error) : EIO;
    if (errno == 0) raise(SIGKILL);
    return 1;
}

static size_t shortened(size_t size) { return is_all() && size > 7 ? 7 : size; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int descriptor, void *bytes, size_t size) {
    return fails("read") ? -1 : REAL(read)(descriptor, bytes, shortened(size));
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    // What is said of a fault must be heard.
    if (descriptor == STDERR_FILENO) return REAL(write)(descriptor, bytes, size);
    return fails("write") ? -1 : REAL(write)(descriptor, bytes, shortened(size));
}

int fsync(int descriptor) { return fails("fsync") ? -1 : REAL(fsync)(descriptor); }

int rename(const char *from, const char *to) {
    return !is_all() && fails("rename") ? -1 : REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode) { return !is_all() && fails("mkdir") ? -1 : REAL(mkdir)(path, mode); }

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
